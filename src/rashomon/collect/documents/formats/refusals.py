"""What to say of bytes that no parser here reads."""

from __future__ import annotations

from rashomon.base.lexicon import mapping

_OTHER = {
    "application/json": (
        "JSON that is not JSON lines: write one object a line, with the key 'text'"
    ),
    "application/jsonl": "JSON lines inside another file: save them as a file of their own",
    "application/vnd.oasis.opendocument.text": (
        "ODT cannot be read yet: open it in a word processor and save it as DOCX, or as plain text"
    ),
    "application/epub+zip": "EPUB cannot be read yet: save its chapters as HTML or plain text",
}
_ARCHIVES = "unpack it and give the files"


def refusal(media_type: str) -> str:
    """Why a type is left out, and what to do about it."""
    if media_type in _OTHER:
        return _OTHER[media_type]
    name = mapping("file_formats", "media_type", "format").get(media_type, media_type)
    advice = mapping("file_formats", "media_type", "advice").get(media_type, "")
    if "openxmlformats" in media_type or "opendocument" in media_type:
        name, advice = "a spreadsheet or a presentation", "save its words as CSV or plain text"
    if media_type.startswith(("application/zip", "application/x-", "application/gzip")):
        advice = advice or _ARCHIVES
    return f"{name} cannot be read here: {advice or 'save it as plain text'}"
