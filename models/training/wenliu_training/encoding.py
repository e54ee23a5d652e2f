"""Text to positions and keys, code point for code point what the Java side does.

A position is a code point that is neither a combining mark (Mn, Me) nor default ignorable. Such code points belong to
the position before them, at the start of the text to none. The key of a position is lower(NFKC(code point)): white
space (White_Space and 1C to 1F, also what NFKC makes white space) has the key " ", a lone surrogate U+FFFD. A key may have several code points. Offsets are in code points of the
original text. Cost: O(n); each distinct code point is looked at once in the life of the process.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import List, Optional

UNKNOWN = "<unk>"
SPACE = " "
REPLACEMENT = "\ufffd"

# Default_Ignorable_Code_Point of Unicode, as inclusive ranges.
DEFAULT_IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF))

@lru_cache(maxsize=None)
def key_of(character: str) -> Optional[str]:
    """The key of a code point, or None where it stands at no position of its own."""
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return REPLACEMENT
    if unicodedata.category(character) in ("Mn", "Me"):
        return None
    if any(first <= code <= last for first, last in DEFAULT_IGNORABLE):
        return None
    key = unicodedata.normalize("NFKC", character).lower()
    return SPACE if character.isspace() or key.isspace() else key


@dataclass(frozen=True)
class EncodedText:
    """keys[i] is the key of position i; it spans starts[i] (inclusive) to ends[i] (exclusive) of the text."""

    keys: List[str]
    starts: List[int]
    ends: List[int]

    def __len__(self) -> int:
        return len(self.keys)

    def positions_of(self, start: int, end: int):
        """The first and last position (inclusive) inside [start, end) of the text, or None where there is none."""
        first = next((i for i, s in enumerate(self.starts) if s >= start), None)
        if first is None or self.starts[first] >= end:
            return None
        last = first
        while last + 1 < len(self.keys) and self.starts[last + 1] < end:
            last += 1
        return first, last


def encode(text: str) -> EncodedText:
    keys: List[str] = []
    starts: List[int] = []
    ends: List[int] = []
    for offset, character in enumerate(text):
        key = key_of(character)
        if key is not None:
            keys.append(key)
            starts.append(offset)
            ends.append(offset + 1)
        elif keys:
            ends[-1] = offset + 1
    return EncodedText(keys, starts, ends)
