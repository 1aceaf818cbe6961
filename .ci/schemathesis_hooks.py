"""Lets schemathesis send files: their contents travel as they are."""

import schemathesis


@schemathesis.serializer(
    "application/pdf",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "image/png",
    "image/jpeg",
    "application/x-ndjson",
)
def as_it_is(ctx, value):
    if isinstance(value, bytes):
        return value
    return str(getattr(value, "data", value)).encode("utf-8", "replace")
