"""Links: whatever an entry, a page or a headquarters links to is there."""


def test_a_role_without_achievements_is_found_among_all_roles(portfolio):
    portfolio.entry("---\nemployer: Acme\nvisibility: public\n---\n", "roles/acme.md")
    portfolio.entry("---\nemployer: Bolt\nvisibility: public\nredirects: [/old/bolt/]\n---\n", "roles/bolt.md")
    portfolio.entry(
        "---\ntitle: Done\ndate: 2026-07-01\nvisibility: public\n---\nAt [[acme]].\n", "achievements/done.md"
    )
    assert portfolio.build().code == 0
    assert '<a href="../experience.html">Acme</a>' in portfolio.page("achievements/done.html")
    assert "experience.html" in portfolio.page("old/bolt/index.html")
    assert portfolio.brag("check").problems == []
