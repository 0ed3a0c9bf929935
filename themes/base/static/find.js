/* Finds achievements: filters the list of them, and searches the whole site. Only the two pages that use it load it;
   without it their plain links lead to the same. What is chosen and typed stands in the address, so that it can be
   shared, and Back works. Nothing is sent anywhere, and no text becomes HTML. */
"use strict";
(() => {
  const form = document.querySelector(".find");
  if (!form) return;
  const field = form.querySelector("input");
  const status = form.querySelector("[role=status]");

  // Case, accents and ligatures do not matter.
  const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i", ς: "σ", "’": "'" };
  const fold = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[ßæœøłđıς’]/g, (letter) => SPELT[letter]);
  const LETTER = "\\p{L}\\p{N}\\p{M}";
  const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

  // A term is found where a word begins with it. C++ and .NET are words, too.
  const makeTerm = (word) => {
    const isBeginning = /^[\p{L}\p{N}]/u.test(word) && !WITHOUT_SPACES.test(word);
    const source = (isBeginning ? `(^|[^${LETTER}])` : "()") + word.replace(/[$()*+./?[\\\]^{|}]/g, "\\$&");
    return { word, part: new RegExp(source, "gu"), whole: new RegExp(`${source}(?![${LETTER}])`, "u") };
  };
  const termsOf = (query) =>
    fold(query.get("q") ?? "").split(/\s+/).map((word) => word.replace(/^["'(]+|["'),.:;!?]+$/g, "")).filter(Boolean).map(makeTerm);
  // 0 where *text* does not have the term, 2 where it has it as a whole word.
  const hit = (text, term) => {
    if (!text.includes(term.word) || text.search(term.part) < 0) return 0;
    return text.search(term.whole) < 0 ? 1 : 2;
  };

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  // *text* as it is written, in pieces: a letter may be folded into two, or into none.
  const marked = (text, terms) => {
    const starts = [], ends = [], nodes = [];
    let folded = "", at = 0;
    for (const letter of text) {
      for (const plain of fold(letter)) {
        folded += plain;
        for (const _ of plain.split("")) starts.push(at), ends.push(at + letter.length);
      }
      at += letter.length;
    }
    starts.push(at);
    const places = terms.flatMap(({ part }) => [...folded.matchAll(part)].map(({ index, 0: all, 1: before }) =>
      [starts[index + before.length], Math.max(ends[index + all.length - 1], starts[index + all.length])]));
    at = 0;
    for (const [start, end] of places.sort((one, other) => one[0] - other[0])) {
      if (start < at) continue;
      nodes.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...nodes, text.slice(at)];
  };
  const say = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  // The search page. Its index is an array of [path, title, when, about, names, summary, words]; the last are the words of a
  // page, each once and without marks, so that 612,000 is two of them.
  const MOST = 30;
  const makeSearch = (found) => {
    let rows;
    const prepare = (row) => ({ row, shown: [row[1], `${row[2]} ${row[3]} ${row[4]}`, row[5]].map(fold), words: fold(row[6]) });
    const piecesOf = ({ word }) => (word.match(/[\p{L}\p{N}\p{M}+#]+/gu) ?? [word]).map(makeTerm);
    const rankOf = ({ shown: [title, names, summary], words }, terms) => {
      let rank = 0;
      for (const { term, pieces } of terms) {
        const inText = Math.max(hit(summary, term), Math.min(...pieces.map((piece) => hit(words, piece))));
        const more = 16 * hit(title, term) + 4 * hit(names, term) + inText;
        if (!more) return 0;
        rank += more;
      }
      return rank;
    };
    const makeRow = ({ row: [path, title, when, about, names, summary, words], shown }, asked) => {
      const terms = asked.map(({ term }) => term);
      const link = make("a", { href: form.dataset.root + path }, ...marked(title, terms));
      const what = make("div", { class: "what" }, make("h3", { class: "p-name" }, link));
      const add = (kind, ...children) => what.append(make("p", { class: kind }, ...children));
      if (summary) add("p-summary", ...marked(summary, terms));
      const isNamed = terms.some((term) => hit(fold(names), term));
      const line = [about, isNamed ? names : ""].filter(Boolean).join(" · ");
      if (line) add("meta", ...marked(line, terms));
      const unseen = asked.filter(({ term }) => !shown.some((text) => hit(text, term))).flatMap(({ pieces }) => pieces);
      const said = unseen.length ? words.split(" ").filter((word) => unseen.some((piece) => hit(fold(word), piece))) : [];
      if (said.length) add("meta", "In the text: ", ...marked([...new Set(said)].slice(0, 8).join(", "), unseen));
      return make("li", { class: "row" }, make("p", { class: "when" }, when), what);
    };
    return (query) => {
      const terms = termsOf(query).map((term) => ({ term, pieces: piecesOf(term) }));
      if (terms.length) rows ??= globalThis.searchIndex.map(prepare);
      const ranked = terms.length ? rows.map((row) => ({ row, rank: rankOf(row, terms) })).filter(({ rank }) => rank) : [];
      ranked.sort((one, other) => other.rank - one.rank);
      found.hidden = !ranked.length;
      found.querySelector("ol").replaceChildren(...ranked.slice(0, MOST).map(({ row }) => makeRow(row, terms)));
      if (!terms.length) say("");
      else if (!ranked.length) say("Nothing found. Fewer or shorter words find more.");
      else say(`${ranked.length} found${ranked.length > MOST ? `; the ${MOST} that fit best are shown` : ""}`);
    };
  };

  // The list of achievements. A row says under which links it is; a link leads to this page with its value chosen.
  const addressOf = (query) => (`${query}` ? `?${query}` : location.pathname);
  const makeFilter = () => {
    const links = [...document.querySelectorAll(".facets a[data-key]")].map((link) => {
      const key = link.dataset.key, [facet, value] = key.split("/");
      return { link, key, facet, value, name: link.firstChild.data, count: link.querySelector(".count") };
    });
    const names = new Map(links.map(({ key, name }) => [key, name]));
    const rows = [...document.querySelectorAll(".row[data-keys]")].map((row) => {
      const keys = row.dataset.keys.split(" ");
      return { row, keys: new Set(keys), text: fold([row.textContent, ...keys.map((key) => names.get(key))].join(" ")) };
    });
    const parts = [...document.querySelectorAll(".part")].filter((part) => part.querySelector(".row"));
    const facets = document.querySelectorAll(".facets details");
    const all = form.querySelector("a");
    for (const link of [all, ...links.map(({ link }) => link)]) {
      link.addEventListener("click", (event) => {
        if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.pushState(null, "", link.getAttribute("href"));
        show();
        if (link === all) field.focus();
      });
    }
    return (query) => {
      const terms = termsOf(query);
      const chosen = links.filter(({ facet, value }) => query.get(facet) === value);
      const said = rows.filter(({ text }) => terms.every((term) => hit(text, term)));
      const under = (choice) => said.filter(({ keys }) => choice.every(({ key }) => keys.has(key)));
      const shown = new Set(under(chosen));
      for (const one of rows) one.row.hidden = !shown.has(one);
      for (const part of parts) part.hidden = !part.querySelector(".row:not([hidden])");
      for (const { link, key, facet, value, count } of links) {
        const isChosen = query.get(facet) === value;
        const more = under([...chosen.filter((other) => other.facet !== facet), { key }]).length;
        count.textContent = more;
        link.parentElement.hidden = !more && !isChosen;
        const next = new URLSearchParams(query);
        if (isChosen) next.delete(facet);
        else next.set(facet, value);
        link.setAttribute("href", addressOf(next));
        if (isChosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        if (isChosen) link.closest("details").open = true;
      }
      for (const facet of facets) facet.hidden = !facet.querySelector("li:not([hidden]) > a[data-key]");
      all.hidden = !terms.length && !chosen.length;
      all.setAttribute("href", location.pathname);
      say(all.hidden ? "" : `${shown.size || "None"} of ${rows.length} shown`);
    };
  };

  const found = document.getElementById("found");
  const render = found ? makeSearch(found) : makeFilter();
  const show = () => {
    const query = new URLSearchParams(location.search);
    if (field.value !== (query.get("q") ?? "")) field.value = query.get("q") ?? "";
    render(query);
  };
  field.addEventListener("input", () => {
    const query = new URLSearchParams(location.search), before = query.get("q");
    if (field.value) query.set("q", field.value);
    else query.delete("q");
    // One step back leads to the page as it was before the first letter, not through all of them.
    history[before ? "replaceState" : "pushState"](null, "", addressOf(query));
    render(query);
  });
  addEventListener("popstate", show);
  show();
  form.hidden = false;
})();
