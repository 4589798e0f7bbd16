from typing import Any

from flask import Flask
from sqlalchemy import Engine, MetaData
from sqlalchemy.orm import Session, scoped_session

class SQLA:
    session: scoped_session[Session]
    engine: Engine
    def __init__(self, *, metadata: MetaData | None = None, **more: Any) -> None: ...
    def init_app(self, app: Flask) -> None: ...
