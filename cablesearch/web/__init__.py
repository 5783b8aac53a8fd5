"""Pages in a browser, and an HTTP API: a front end, like the command line.

    settings.py    what is served, to whom
    opened.py      the index, opened again when a build has replaced it; remembered.py: what was counted
    guard.py       who may ask, how much and for how long, in which order; the headers of every response
    connection.py  connections, which are cut off if nothing comes or goes
    errors.py      errors as pages, and as problem+json under /api/
    questions.py   a search as an address says it
    narrowing.py   clauses of a query text added and taken out, which is what facets and the timeline do
    facets.py, timeline.py, suggestions.py, cable_page.py, citing.py, network.py, world.py    what pages show
    changes.py     forms that change something
    first_run.py   where there is no index yet
    noted.py       the notebook; news.py: what is new of its saved questions
    pages.py, explore.py, notes.py, api.py    the routes
    answers.py     the types of what the API answers; cursor.py: where a page of hits begins
    rendering.py   templates; labels.toml has every text that is shown

It calls the public API and the formats of `export`, as the command line does, and searches nothing by itself.
FastAPI and Jinja2 are imported by its modules, so that only `serve` loads them.
"""
