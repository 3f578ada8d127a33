"""What is attached to a mail."""

from __future__ import annotations

from email.message import Message

from tjqa.errors import SourcesError
from tjqa.ingest.containers import parameters
from tjqa.ingest.containers.member_names import Distinct, harmless
from tjqa.ingest.readers.mail.message import bytes_of, parsed


class Attachments:
    """The attachments of a mail by their names."""

    def __init__(self, raw: bytes, name: str) -> None:
        names = Distinct()
        self.weight = 2 * len(raw)  # the parts hold it as text
        self._parts: dict[str, Message] = {}
        for given, part in parsed(raw, name).attachments:
            flat = harmless(given.replace("/", "_").replace("\\", "_"))
            if flat:
                self._parts[names.name(flat)] = part

    @property
    def names(self) -> tuple[str, ...]:
        """In the mail's order."""
        return tuple(self._parts)

    def size(self, key: str) -> int:
        """Of an attachment as it was sent, which is a third more than it has."""
        payload = self._parts[key].get_payload()
        return len(payload) if isinstance(payload, str) else 0

    def fault(self, key: str, name: str) -> SourcesError | None:
        """Nothing is known of one before it is read, but its size."""
        if self.size(key) > parameters.MAX_MEMBER * 4 // 3:
            return SourcesError("file_large", "file_large_hint", name=name, limit=parameters.MAX_MEMBER // 1024**2)
        return None

    def read(self, key: str, name: str) -> bytes:
        """An attachment's bytes.

        Raises:
            SourcesError: it cannot be put together.
        """
        try:
            return bytes_of(self._parts[key])
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:  # fields that fit nothing
            raise SourcesError("member_damaged", "member_hint", name=name) from error
