"""Showroom: headquarters with every kind of private file and every shape of insight, rendered in memory."""

from functools import cache

from bragfolio.app.build import load_renderer
from bragfolio.core.insight.career import Career
from bragfolio.core.render.desk import make_desk
from bragfolio.core.render.pages.headquarters import pages_of
from bragfolio.edge.bundled import themes_folder
from bragfolio.model.entry import Source
from tests.insight.careers import career_of, deeds
from tests.insight.samples import LONG, full_answers

PRIVATE = {
    "people.yaml": f"- {{id: petra, name: Petra, relation: skip, employer: acme, cares_about: [returns]}}\n- {{id: jan, name: '{LONG}'}}\n",
    "goals.yaml": "- {id: returns, title: Halve the returns, owner: petra, level: company, bet: calm}\n",
    "plan.yaml": "principle: Systems that many need.\nwant: [small team]\nbets: [{id: calm, title: Known for calm, until: 2027-12-31}]\n",
    "promotion.yaml": "target: swe/staff\ndecision_maker: petra\ncycles: [{id: autumn, opens: 2026-09-01, decision: 2026-10-15}]\n",
    "questions.yaml": "- {id: conflict, text: Tell me about a conflict, competencies: [influence]}\n",
    "announcements.csv": "date,achievement,channel,audience,to,url\n2026-07-21,d0,email,company,petra,\n",
    "sent.csv": "date,campaign,to,file,sha256,channel,outcome\n2026-07-22,staff,petra,x.pdf,,email,\n",
    "one-pagers.csv": "date,campaign,audience,page,template,file,sha256,achievements\n2026-07-22,staff,public,a4,brief,x.pdf,,d0 d1\n",
    "opportunities.csv": "date,source,employer,title,posting,responded,outcome,notes\n2026-07-23,recruiter,Beta,Lead,beta,,,\n",
    "postings/beta.md": "---\ntitle: Lead\nemployer: Beta\nmust: [SQL, Knitting]\nsalary: {min: 90000, max: 100000, currency: EUR}\n---\nWe look for calm.\n",
    "stories/queue.md": "---\ntitle: The queue\ncompetencies: [influence]\nquestions: [conflict]\nachievements: [d0]\n---\nIt was long.\n",
    "ladders/swe.yaml": (
        "id: swe\nname: Software engineer\nlevels: [{id: staff, name: Staff, order: 4}]\n"
        "competencies: [{id: direction, name: Direction, criteria: {staff: [{id: td1, text: Sets direction}]}}]\n"
    ),
}  # fmt: skip
"""By path from private/."""


def full_career() -> Career:
    """Return a career with something of every kind."""
    rows = [(f"20{26 - number // 12}-{12 - number % 12:02}", "skills: [SQL]") for number in range(6, 30)]
    return career_of({
        **deeds(*rows),
        "roles/acme.md": "---\nemployer: Acme\nvisibility: public\n---\n",
        "campaigns/staff.md": "---\ntitle: Staff\naudience: public\n---\n",
        **{f"private/{path}": text for path, text in PRIVATE.items()},
    })  # fmt: skip


@cache
def pages_of_showroom() -> dict[str, bytes]:
    """Return the pages of the sample answers and the files of the theme, by path from the site's root."""
    career = full_career()
    renderer = load_renderer(themes_folder().parent, career.config, Source("site.yaml", "", 1))
    assert renderer.theme
    assert renderer.engine
    desk = make_desk(career.linked, {}, renderer.theme, "")
    answers, questions = full_answers(tuple(f"achievement/{item.id}" for item in career.achievements))
    pages = {}
    for job in pages_of(desk, career.dossier, lambda: answers, questions):
        page = renderer.engine.render(job.template, job.context())
        assert isinstance(page, str), page
        pages[job.path] = page.encode()
    return {**renderer.theme.static, **pages}
