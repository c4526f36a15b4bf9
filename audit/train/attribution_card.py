"""What the card of the attribution model says besides its figures."""
from __future__ import annotations

from typing import Any

CARD: dict[str, Any] = {}
