"""The front page (manual, section 5), and what LAPOR! is."""

from __future__ import annotations

from flask_appbuilder import BaseView, expose

from app.rules.text import REPORT_TEXT_MAX
from app.services.citizens import may_file
from app.views import context
from app.views.filing import new_form


class FrontPage(BaseView):
    """The first page that anybody sees."""

    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> str:
        form = new_form() if may_file(context.actor()) else None
        return str(self.render_template("lapor/front.html", form=form, limit=REPORT_TEXT_MAX))

    @expose("/tentang/")
    def about(self) -> str:
        return str(self.render_template("lapor/about.html"))
