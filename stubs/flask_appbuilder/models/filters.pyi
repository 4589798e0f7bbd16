from collections.abc import Sequence
from typing import Any

class BaseFilter:
    name: Any
    column_name: str
    datamodel: Any
    model: Any
    def __init__(self, column_name: str, datamodel: Any, is_related_view: bool = False) -> None: ...
    def apply(self, query: Any, value: Any) -> Any: ...

class BaseFilterConverter:
    datamodel: Any
    def __init__(self, datamodel: Any) -> None: ...
    def convert(self, col_name: str) -> Sequence[BaseFilter] | None: ...
