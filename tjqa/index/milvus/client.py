"""The two collections of a library in Milvus: made, searched, written. The one place that names pymilvus.

Whatever goes wrong becomes a `StoreError` with the next step.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tjqa.config import Remote
from tjqa.errors import StoreError

Row = dict[str, Any]

LARGEST = 65_535
"""Bytes of a string that Milvus takes."""

_PATIENCE = 60  # seconds for one call: a cluster may answer slowly, but nobody waits for ever
_CONNECTING = 10.0
_PAGE = 1000  # rows fetched at a time; Milvus gives at most 16,384
_FEW = 100  # when a passage's own text comes with them

_PASSAGE = ("id", "file", "stamp", "start", "path", "passage", "about", "wording", "published", "length")
_NOTE = ("id", "value")


class Server:
    """A connection. Strings must be UTF-8 without surrogates.

    Raises:
        StoreError: by every method, when the server is away or refuses.
    """

    def __init__(self, remote: Remote) -> None:
        self.remote = remote
        self.passages, self.notes = f"{remote.name}_passages", f"{remote.name}_notes"
        self._client = _connected(remote)

    def exists(self) -> bool:
        """Whether both collections are there.

        Raises:
            StoreError: one is there that tjqa did not make.
        """
        there = [name for name in (self.passages, self.notes) if self._call("has_collection", name)]
        for name in there:
            fields = {field["name"] for field in self._call("describe_collection", name)["fields"]}
            wanted = {*_PASSAGE, "dense", "sparse"} if name == self.passages else {*_NOTE, "nothing"}
            if fields != wanted:
                raise StoreError("store_foreign", "store_foreign_hint", store=self.remote, name=name)
        if len(there) < 2:
            return False
        for name in there:
            # On a server it may have been released. Those who may only read may not load, and need not.
            if self._call("get_load_state", name)["state"].name != "Loaded":
                self._call("load_collection", name)
        return True

    def create(self, dimension: int) -> None:
        """Make both collections anew, empty; what they held is gone. Vectors have `dimension` values."""
        for name in (self.notes, self.passages):
            if self._call("has_collection", name):
                self._call("drop_collection", name)
        kinds = _kinds()
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", kinds.INT64, is_primary=True)
        for name in ("file", "stamp", "start", "length"):
            schema.add_field(name, kinds.INT64)
        for name in ("path", "passage", "about", "wording", "published"):
            schema.add_field(name, kinds.VARCHAR, max_length=16 if name == "published" else LARGEST)
        schema.add_field("dense", kinds.FLOAT_VECTOR, dim=dimension)
        schema.add_field("sparse", kinds.SPARSE_FLOAT_VECTOR)
        indexes = self._client.prepare_index_params()
        # FLAT is exact. HNSW and IVF lost a tenth of the right answers on real passages: hard questions lie far from
        # every cluster. An administrator may exchange the index; the candidates are compared exactly in any case.
        indexes.add_index("dense", index_type="FLAT", metric_type="IP")
        indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        indexes.add_index("file", index_type="INVERTED")
        self._call("create_collection", self.passages, schema=schema, index_params=indexes, consistency_level="Strong")
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", kinds.VARCHAR, is_primary=True, max_length=64)
        schema.add_field("value", kinds.VARCHAR, max_length=LARGEST)
        schema.add_field("nothing", kinds.FLOAT_VECTOR, dim=2)  # a collection must have a vector
        indexes = self._client.prepare_index_params()
        indexes.add_index("nothing", index_type="FLAT", metric_type="IP")
        self._call("create_collection", self.notes, schema=schema, index_params=indexes, consistency_level="Strong")

    def search(self, field: str, vector: Any, limit: int, expression: str) -> list[Row]:
        """The rows nearest to a dense or sparse vector, whole, with their similarity as `similarity`."""
        found = self._call(
            "search",
            self.passages,
            data=[vector],
            anns_field=field,
            limit=limit,
            filter=expression,
            output_fields=["file", "stamp", "start", "length", "passage", "dense", "sparse"],
            search_params={"metric_type": "IP"},
            consistency_level="Strong",
        )
        return [{**hit["entity"], "id": hit["id"], "similarity": hit["distance"]} for hit in found[0]]

    def rows(self, expression: str, fields: Sequence[str]) -> Iterator[Row]:
        """All passages that an expression is true of, some fields of them, in no order."""
        return self._pages(self.passages, expression, fields, _FEW if "passage" in fields else _PAGE)

    def count(self) -> int:
        """How many passages are stored, whatever their stamp."""
        found = self._call("query", self.passages, filter="", output_fields=["count(*)"], consistency_level="Strong")
        return int(found[0]["count(*)"])

    def insert(self, rows: Sequence[Row]) -> None:
        """Add passages; their ids must be new."""
        if rows:
            self._call("insert", self.passages, data=list(rows))

    def delete(self, expression: str) -> None:
        """Delete the passages that an expression is true of."""
        self._call("delete", self.passages, filter=expression)

    def get_notes(self, ids: Sequence[str]) -> dict[str, str]:
        """The values of notes by id; those that do not exist are left out."""
        found: dict[str, str] = {}
        for at in range(0, len(ids), _PAGE):
            rows = self._call(
                "get", self.notes, ids=list(ids[at : at + _PAGE]), output_fields=["value"], consistency_level="Strong"
            )
            found |= {row["id"]: row["value"] for row in rows}
        return found

    def notes_under(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Ids and values of all notes whose id begins with a prefix, in no order."""
        rows = self._pages(self.notes, f'id like "{prefix}%"', _NOTE, _PAGE)
        return ((row["id"], row["value"]) for row in rows)

    def put_notes(self, notes: Mapping[str, str]) -> None:
        """Write notes, new or again."""
        rows = [{"id": key, "value": value, "nothing": [0.0, 1.0]} for key, value in notes.items()]
        for at in range(0, len(rows), _PAGE):
            self._call("upsert", self.notes, data=rows[at : at + _PAGE])

    def delete_notes(self, ids: Sequence[str]) -> None:
        """Delete notes; those that do not exist are no error."""
        for at in range(0, len(ids), _PAGE):
            self._call("delete", self.notes, ids=list(ids[at : at + _PAGE]))

    def _pages(self, collection: str, expression: str, fields: Sequence[str], size: int) -> Iterator[Row]:
        pages = self._call(
            "query_iterator",
            collection,
            filter=expression,
            output_fields=list(fields),
            batch_size=size,
            consistency_level="Strong",
        )
        while page := self._said(pages.next):
            yield from page
        pages.close()

    def _call(self, name: str, collection: str, **arguments: Any) -> Any:
        return self._said(getattr(self._client, name), collection_name=collection, timeout=_PATIENCE, **arguments)

    def _said(self, method: Any, **arguments: Any) -> Any:
        """What a method gives, its errors told as ours."""
        from grpc import RpcError
        from pymilvus.exceptions import MilvusException

        try:
            return method(**arguments)
        except (MilvusException, RpcError) as error:  # of a call that takes too long the client lets out the latter
            raise _told(self.remote, error) from error


def _kinds() -> Any:
    from pymilvus import DataType

    return DataType


def _connected(remote: Remote) -> Any:
    try:
        from grpc import RpcError
        from pymilvus import MilvusClient
        from pymilvus.exceptions import MilvusException
    except ModuleNotFoundError as error:
        raise StoreError("store_no_client", "store_no_client_hint", name=error.name) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL + 1)  # it logs every error that is told below
    try:
        if not remote.uri.startswith("http"):
            _require_lite(remote)
        return MilvusClient(remote.uri, token=remote.token, timeout=_CONNECTING)
    except (MilvusException, RpcError) as error:
        raise _told(remote, error) from error


def _require_lite(remote: Remote) -> None:
    from importlib.util import find_spec

    if find_spec("milvus_lite") is None:
        raise StoreError("store_no_lite", "store_no_lite_hint", store=remote)
    folder = Path(remote.uri).parent
    if not folder.is_dir():
        raise StoreError("store_no_folder", "store_no_folder_hint", folder=folder)


def _told(remote: Remote, error: Any) -> StoreError:
    """An error of the client in our words; its own follow, for the administrator."""
    said = " ".join(str(getattr(error, "message", "") or error).split())[:300]
    low = said.lower()
    if "open local milvus failed" in low:
        return StoreError("store_unopened", "store_unopened_hint", store=remote)
    if any(word in low for word in ("auth", "permission", "unauthenticated", "privilege")):
        return StoreError("store_refused", "store_refused_hint", store=remote, said=said)
    away = ("fail connecting", "unavailable", "deadline", "timed out", "timeout", "connection", "should create connect")
    if any(word in low for word in away):
        return StoreError("store_away", "store_away_hint", store=remote, said=said)
    return StoreError("store_failed", "store_failed_hint", store=remote, said=said)
