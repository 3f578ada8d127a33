"""`tjqa mcp`: the library for assistants that speak the Model Context Protocol (the extra `mcp`); read only.

    tools      what can be called: a name, its parameters, a function of an engine that gives a row of data
    calls      arguments held against the parameters; pages of rows
    serving    the engine on its own thread, opened anew when the index was written again
    server     the protocol, through the official package: standard input and output, or HTTP on this computer

Only `server` and `http` know the package `mcp`; the tools are what the command line says, in the same words.
"""
