// Live: keeps a served page fresh, shows what is wrong, and switches between audiences. Never part of a built site.
"use strict";
(() => {
  const { dataset: mine, src } = document.currentScript;
  const kept = "brag-scroll";
  let { version, style } = mine;
  let wanted = version;
  let isRefreshing = false;
  let source;

  const make = (name, traits = {}, ...children) => {
    const element = Object.assign(document.createElement(name), traits);
    element.append(...children);
    return element;
  };

  // The page's own style must not reach what we show, nor ours the page.
  const host = make("brag-live");
  const shadow = host.attachShadow({ mode: "open" });
  const bar = make("div", { className: "bar" });
  const overlay = make("div", { className: "overlay", hidden: true });
  overlay.setAttribute("role", "alertdialog");
  overlay.setAttribute("aria-labelledby", "what");
  shadow.append(make("link", { rel: "stylesheet", href: src.replace("live.js", "live.css") }), bar, overlay);
  document.body.append(host);

  const keepPlace = () => sessionStorage.setItem(kept, JSON.stringify([location.pathname, scrollX, scrollY]));

  const reload = () => {
    keepPlace();
    location.reload();
  };

  const returnToPlace = () => {
    const [path, left, top] = JSON.parse(sessionStorage.getItem(kept) || "[]");
    sessionStorage.removeItem(kept);
    if (path === location.pathname) {
      addEventListener("load", () => scrollTo({ left, top, behavior: "instant" }), { once: true });
    }
  };

  const sheets = (page) => [...page.querySelectorAll('link[rel~="stylesheet"]')];

  const dress = (fresh) => {
    const old = sheets(document);
    sheets(fresh).forEach((sheet, index) => {
      const address = new URL(sheet.getAttribute("href"), location.href);
      address.searchParams.set("v", style);
      const next = make("link", { rel: "stylesheet", media: sheet.media, href: address.href });
      const last = old[index];
      next.onload = next.onerror = () => last?.remove();
      if (last) last.after(next);
      else document.head.append(next);
    });
    old.slice(sheets(fresh).length).forEach((sheet) => sheet.remove());
  };

  const compare = async () => {
    const target = wanted;
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const theirs = fresh.querySelector('script[src^="/.brag/live.js"]')?.dataset;
    if (theirs?.page !== mine.page) {
      reload();
      return false;
    }
    version = target;
    if (theirs.style !== style) {
      style = theirs.style;
      dress(fresh);
    }
    return version !== wanted;
  };

  const refresh = async () => {
    if (isRefreshing) return;
    isRefreshing = true;
    try {
      while (await compare());
    } catch {
      // The server is gone, or just coming back: it says again what is new.
    } finally {
      isRefreshing = false;
    }
  };

  const showFaults = (state) => {
    overlay.hidden = !state.is_broken;
    if (!state.is_broken) return;
    const items = state.faults.map((fault) => {
      const item = make("li", { className: fault.severity },
        make("p", { className: "place", textContent: fault.place }),
        make("p", {}, make("strong", { textContent: fault.severity }), ` ${fault.message} `, make("code", { textContent: fault.code })));
      if (fault.line) item.append(make("pre", { textContent: fault.line }));
      if (fault.hint) item.append(make("p", { className: "hint", textContent: fault.hint }));
      return item;
    });
    const close = make("button", { type: "button", textContent: "Close", onclick: () => { overlay.hidden = true; } });
    const more = state.more ? [make("p", { textContent: `and ${state.more} more, in the terminal` })] : [];
    const note = state.version ? "Below this is the last site that was sound." : "There is no site yet to show below this.";
    overlay.replaceChildren(
      make("h2", { id: "what", textContent: state.faults.length ? "This cannot be published yet" : "The author is at work" }),
      close, make("p", { textContent: note }), make("ol", {}, ...items), ...more);
  };

  const showBar = (state) => {
    const label = make("label", { textContent: "As seen by " });
    if (state.views.length) {
      const select = make("select", {}, ...state.views.map((view) => make("option", { value: view.mount, textContent: view.audience })));
      const here = state.views.find((view) => view.audience === state.audience);
      select.value = here.mount;
      select.onchange = () => {
        const rest = location.pathname.startsWith(here.mount) ? location.pathname.slice(here.mount.length) : "";
        location.assign(select.value + rest + location.hash);
      };
      label.append(select);
    } else {
      label.append(make("b", { textContent: state.audience }));
    }
    bar.replaceChildren(label, make("span", { className: "status", textContent: state.is_broken ? "not up to date" : "live" }));
    bar.classList.toggle("broken", state.is_broken);
  };

  const hear = (state) => {
    showBar(state);
    showFaults(state);
    wanted = state.version;
    if (wanted === version) return;
    if (!state.before || state.before !== version) refresh();
    else if (state.changed.includes(mine.file)) reload();
    else version = wanted;
  };

  const connect = () => {
    if (source || document.hidden) return; // browsers allow six connections for each server: hidden pages wait
    source = new EventSource(`/.brag/events/${mine.audience}`);
    source.onmessage = (message) => hear(JSON.parse(message.data));
    source.onerror = () => {
      bar.classList.add("broken");
      bar.querySelector(".status")?.replaceChildren("not connected");
      if (source?.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 2000);
      }
    };
  };

  const disconnect = () => {
    source?.close();
    source = undefined;
  };

  addEventListener("keydown", (key) => {
    if (key.key === "Escape") overlay.hidden = true;
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  returnToPlace();
  connect();
})();
