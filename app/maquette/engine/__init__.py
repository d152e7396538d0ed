"""The studio's side of the wire: asyncio, no Qt and no torch."""
