"""Pelican's settings: a page for each entry and each skill, an index and one feed; nothing else that it makes unasked."""

SITENAME, SITEURL, AUTHOR = "Portfolio", "https://example.org", "Robin Sample"
PATH, OUTPUT_PATH, THEME = "content", "public", "theme"
TIMEZONE, DEFAULT_LANG, DEFAULT_DATE_FORMAT = "UTC", "en", "%d %B %Y"
ARTICLE_PATHS, STATIC_PATHS = ["entries"], ["extra"]
PAGE_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
EXTRA_PATH_METADATA = {"extra/style.css": {"path": "style.css"}}
ARTICLE_URL, ARTICLE_SAVE_AS = "entries/{slug}/", "entries/{slug}/index.html"
TAG_URL, TAG_SAVE_AS, TAGS_SAVE_AS = "skills/{slug}/", "skills/{slug}/index.html", "skills/index.html"
CATEGORY_SAVE_AS = CATEGORIES_SAVE_AS = AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES, DEFAULT_PAGINATION = ["index", "tags"], False
FEED_ALL_ATOM, FEED_MAX_ITEMS, RSS_FEED_SUMMARY_ONLY = "index.xml", 20, False
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "output_format": "html5",
    "extension_configs": {f"markdown.extensions.{name}": {} for name in ("meta", "tables", "fenced_code")},
}
