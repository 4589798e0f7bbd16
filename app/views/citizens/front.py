"""The front page (manual, section 5), and what LAPOR! is."""

from __future__ import annotations

from flask_appbuilder import BaseView, expose

from app.rules.text import REPORT_TEXT_MAX
from app.services.citizens.registration import may_file
from app.views.citizens.filing import new_form
from app.views.web import context


class FrontPage(BaseView):
    """The first page that anybody sees."""

    route_base = ""
    default_view = "index"

    @expose("/")
    def index(self) -> str:
        form = new_form() if may_file(context.actor()) else None
        return str(self.render_template("lapor/citizens/front.html", form=form, limit=REPORT_TEXT_MAX))

    @expose("/tentang/")
    def about(self) -> str:
        return str(self.render_template("lapor/citizens/about.html"))
