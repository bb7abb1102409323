// Keys, menus, theme, and values that change while the page is open. Every page works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const body = document.body;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  // Texts in the page's language: the page gives those that are not as written here.
  const texts = JSON.parse(body.dataset.texts || "{}");
  const t = (text, values = {}) => (texts[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // What the keys do, by the words of the sheet of keys; what is said later is asked first. `anywhere`: over a dialog too.
  const does = {};
  const on = (name, run, anywhere = false) => (does[name] ||= []).unshift({ run, anywhere });
  window.kith = { t, on, number: (value) => value.toLocaleString(body.dataset.locale || "en-GB") };
  const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // Theme: the choice on this device comes before that of the person.
  const showTheme = () => {
    const theme = root.dataset.theme || "system";
    for (const button of $$("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    const theme = button.dataset.themeChoice;
    if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
    try {
      localStorage.setItem("kith-theme", theme);
    } catch { /* storage may be closed: the choice lasts for this page */ }
    showTheme();
  });
  showTheme();

  // What of the navigation is folded away stays so on this device.
  const NAV = "kith-folded";
  const groups = $$(".side .nav details");
  try {
    for (const id of JSON.parse(localStorage.getItem(NAV) || "[]")) {
      const group = groups.find((one) => one.id === id);
      if (group && !$("[aria-current]", group)) group.open = false;
    }
  } catch { /* all are open */ }
  for (const group of groups) group.addEventListener("toggle", () => {
    try { localStorage.setItem(NAV, JSON.stringify(groups.filter((one) => !one.open).map((one) => one.id))); } catch { /* for this page, then */ }
  });

  // Menus: one open at a time, closed by a click elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of $$("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (menu.open && menu.matches("details.menu, details.new-task")) $("textarea, input:not([type=hidden]), select", menu)?.focus();
  }, true);

  // Keys: which one does what stands in the sheet of keys. Single letters only outside of fields, and not for whoever
  // turned them off; the pause after the first of two is a second and a half at most.
  const chords = new Map($$("#keys [data-act]").flatMap((row) => row.dataset.chords.split("|").map((chord) => [chord, `key:${row.dataset.act}`])));
  let first = "", until = 0;
  document.addEventListener("keydown", (event) => {
    const letter = event.key.length === 1, key = event.key.toLowerCase(), control = event.ctrlKey || event.metaKey;
    if (event.altKey || (letter && !control && (root.dataset.keys === "off" || typing(event.target)))) return;
    const chord = `${control ? "ctrl " : ""}${event.shiftKey && /^[a-z]$/.test(key) ? "shift " : ""}${key}`;
    const second = Date.now() < until ? `${first} ${chord}` : "";
    first = "";
    until = 0;
    const over = $("dialog[open]");
    const dispatch = (act) => (does[act] || []).some(({ run, anywhere }) => (anywhere || !over) && run(event) !== false);
    if (dispatch(chords.get(second)) || dispatch(chords.get(chord))) {
      event.preventDefault();
      event.stopPropagation();
    } else if (!over && !control && [...chords.keys()].some((known) => known.startsWith(`${chord} `))) {
      first = chord;
      until = Date.now() + 1500;
    }
  }, true);
  const rows = () => $$("tr[data-account], .appr .req");
  const move = (step) => {
    const all = rows();
    if (!all.length) return false;
    const marked = all.findIndex((row) => row.classList.contains("cur"));
    const at = marked < 0 ? all.findIndex((row) => row.matches(".req[aria-current]")) : marked;
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    for (const row of all) row.classList.toggle("cur", row === next);
    const link = next.matches("a") ? next : $("a", next);
    link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  // A approves and R rejects; rejecting needs a reason first, and a red change the key twice.
  const decide = (key) => {
    const form = $("form.decide");
    if (!form) return false;
    const reason = $("[name=comment]", form);
    const button = $(key === "a" ? ".pri" : ".danger", form);
    if (key === "r" && !reason.value.trim()) reason.focus();
    else if (form.dataset.lane === "red" && document.activeElement !== button) button.focus();
    else form.requestSubmit(button);
    return true;
  };
  on("key:ask", () => {
    const ask = $("#q") || $("#jump");
    ask?.focus();
    ask?.select();
    return Boolean(ask);
  });
  on("key:field", () => {
    const ask = $("#q") || $("#jump");
    ask?.focus();
    return Boolean(ask);
  });
  on("key:leave", (event) => {
    const menu = $("details.menu[open]");
    if (menu) {
      menu.open = false;
      $("summary", menu).focus();
    }
    root.dataset.pops = "off";
    // The field that asks is left; what stands in it stays.
    const ask = event.target.closest?.("form[role=search] input");
    ask?.blur();
    return Boolean(ask);
  });
  on("key:next", () => move(1));
  on("key:previous", () => move(-1));
  on("key:approve", () => decide("a"));
  on("key:reject", () => decide("r"));
  // What says that a key is its own: `data-key` on a link or a button.
  on("key:own", (event) => {
    const own = $$("[data-key]").find((one) => one.dataset.key === event.key.toLowerCase());
    own?.click();
    return Boolean(own);
  });
  on("key:send", (event) => {
    const form = event.target.closest?.("form");
    form?.requestSubmit();
    return Boolean(form);
  });
  // A popover that Escape put away comes back with the next movement.
  for (const name of ["pointermove", "focusin"]) {
    document.addEventListener(name, () => { delete root.dataset.pops; }, { passive: true });
  }
  // A click anywhere in a row opens it, unless it was on a link or text is being selected.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-account]");
    if (!row || event.target.closest("a, button, input, label, summary") || String(getSelection())) return;
    const link = $("a", row);
    if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener"); else location.assign(link.href);
  });

  // A file may be dropped where it can be chosen; its name is shown either way.
  for (const place of $$("[data-drop]")) {
    const input = $("input[type=file]", place);
    const words = $("[data-dropped]", place);
    const show = () => {
      if (input.files.length) words.textContent = input.files[0].name;
    };
    input.addEventListener("change", show);
    for (const name of ["dragover", "dragenter"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      show();
    });
  }

  // Ages grow while the page is open.
  const age = (seconds) => {
    const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
    if (seconds < 60) return t("now");
    if (minutes < 60) return t("{n} min", { n: minutes });
    if (hours < 24) return t("{n} h", { n: hours });
    if (days < 60) return t("{n} d", { n: days });
    return days < 730 ? t("{n} mo", { n: Math.floor(days / 30) }) : t("{n} y", { n: Math.floor(days / 365) });
  };
  setInterval(() => {
    for (const mark of $$("time[data-age]")) {
      const seconds = (Date.now() - Date.parse(mark.dateTime)) / 1000;
      if (!(seconds >= 0)) continue;
      const text = age(seconds);
      if (mark.textContent !== text) mark.textContent = text;
    }
  }, 30000);

  // Live values.
  const source = body.dataset.live;
  if (!source || !window.EventSource) return;
  const state = $("#live"), shows = body.dataset.shows === "live";
  const clock = () => new Date().toLocaleTimeString(body.dataset.locale, { hour: "2-digit", minute: "2-digit", timeZone: body.dataset.zone });
  const say = (online) => {
    if (online && !shows) {
      // A page that shows nothing live says only when it is cut off.
      state.hidden = true;
      state.dataset.online = "true";
      return;
    }
    const text = online ? t("Live") : t("Offline since {time}", { time: clock() });
    const words = $("span:last-child", state);
    if (!state.hidden && state.dataset.online === String(online)) return;
    for (const word of $$("[data-live-word]")) word.hidden = !online;
    state.hidden = false;
    state.dataset.online = String(online);
    words.textContent = text;
    $(".dot", state).className = online ? "dot good live-dot" : "dot o bad";
  };
  const fragment = async (address) => {
    const reply = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (!reply.ok) throw new Error(String(reply.status));
    const template = document.createElement("template");
    template.innerHTML = await reply.text();
    return template.content;
  };
  // Compares what is read, not ages that merely grew.
  const meaning = (node) => {
    const copy = node.cloneNode(true);
    for (const mark of $$("time[data-age]", copy)) mark.textContent = "";
    copy.classList.remove("cur", "fresh", "sel");
    return copy.innerHTML;
  };
  const replace = (old, fresh) => {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const id = focused?.id, link = focused?.getAttribute("href");
    const opened = $$("details[open][id], li[id]:has(details[open])", old).map((node) => node.id);
    old.replaceWith(fresh);
    for (const one of opened) {
      const details = $(`#${CSS.escape(one)} details, details#${CSS.escape(one)}`);
      if (details) details.open = true;
    }
    const again = id ? document.getElementById(id) : link && $$("a", fresh).find((a) => a.getAttribute("href") === link);
    again?.focus({ preventScroll: true });
  };
  const busy = (node) => {
    const selection = getSelection();
    return (String(selection) && selection.containsNode(node, true)) || Boolean($("form.edit", node));
  };

  // The list: values change in place, rows never move; a new order is offered, not imposed.
  const refreshRows = async () => {
    const table = $("#rows");
    if (!table) return;
    const content = await fragment(table.dataset.rows);
    const fresh = new Map($$("tr[data-account]", content).map((row) => [row.dataset.account, row]));
    const shown = rows();
    const moved = [...fresh.keys()].filter((id, place) => shown[place]?.dataset.account !== id).length
      + Math.max(shown.length - fresh.size, 0);
    for (const row of shown) {
      const other = fresh.get(row.dataset.account);
      if (!other || busy(row)) continue;
      // The rank stays with the place, and what is picked stays picked.
      for (const at of [0, 1]) other.children[at].replaceWith(row.children[at].cloneNode(true));
      if (meaning(other) === meaning(row)) continue;
      for (const mark of ["cur", "sel"]) if (row.classList.contains(mark)) other.classList.add(mark);
      other.classList.add("fresh");
      replace(row, other);
    }
    const offer = $("#changed");
    offer.hidden = moved === 0;
    if (moved) $("span", offer).textContent = t("{n} changed place", { n: moved });
  };

  // Tints what is new inside a part: its tiles and lines, or the whole part when it has none.
  const tint = (old, part) => {
    const lines = $$(".tile, .kpi, .tl > li[id], .feed > li[id], .list > li[id]", part);
    for (const line of lines) {
      const id = line.id || $("a[id]", line)?.id;
      const before = id && $(`#${CSS.escape(id)}`, old)?.closest(".tile, .kpi, li");
      if (!before || meaning(before) !== meaning(line)) line.classList.add("fresh");
    }
    if (!lines.length) part.classList.add("fresh");
  };

  // The account: each part that changed is put in place of the old one.
  const refreshParts = async () => {
    const parts = $("[data-parts]");
    if (!parts) return;
    const content = await fragment(parts.dataset.parts);
    for (const part of $$("[data-part]", content)) {
      const old = document.getElementById(part.id);
      if (!old || busy(old) || meaning(old) === meaning(part)) continue;
      // What is being read or worked in does not jump: it waits until the reader has left it.
      if ("calm" in part.dataset && (old.matches(":hover") || old.contains(document.activeElement))) {
        later(old, part);
        continue;
      }
      tint(old, part);
      replace(old, part);
    }
  };
  const later = (old, part) => {
    const waits = old.nextPart !== undefined;
    old.nextPart = part;
    if (waits) return;
    const put = () => {
      if (!old.isConnected || old.matches(":hover") || old.contains(document.activeElement)) return;
      old.removeEventListener("pointerleave", put);
      old.removeEventListener("focusout", soon);
      tint(old, old.nextPart);
      replace(old, old.nextPart);
    };
    const soon = () => setTimeout(put);
    old.addEventListener("pointerleave", put);
    old.addEventListener("focusout", soon);
  };

  // At most one refresh at a time, and one in two seconds.
  const refresh = body.dataset.page === "accounts" ? refreshRows : refreshParts;
  let timer = 0, running = false, again = false, last = 0;
  const ask = (wait) => {
    if (document.hidden) { again = true; return; }
    if (running) { again = true; return; }
    if (timer && wait > 1000) return;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(wait, last + 2000 - Date.now()));
  };
  const run = async () => {
    timer = 0;
    running = true;
    again = false;
    try { await refresh(); } catch { /* the next event tries again */ }
    running = false;
    last = Date.now();
    if (again) ask(0);
  };

  // The counts beside the navigation: once in two seconds at most, whatever happens.
  let counting = 0, counted = 0;
  const recount = () => {
    if (counting || document.hidden) return;
    counting = setTimeout(async () => {
      counting = 0;
      counted = Date.now();
      try {
        const reply = await fetch("/counts", { credentials: "same-origin" });
        if (!reply.ok || reply.redirected) return;
        const counts = await reply.json();
        for (const mark of $$("[data-count]")) {
          const text = counts[mark.dataset.count] ?? "";
          if (mark.textContent !== text) mark.textContent = text;
          mark.hidden = !text;
        }
      } catch { /* the next event tries again */ }
    }, Math.max(300, counted + 2000 - Date.now()));
  };

  const heard = (event) => {
    let named, about;
    try { ({ account: named, data: about } = JSON.parse(event.data)); } catch { return; }
    if (event.type !== "profile" && event.type !== "touchpoint") recount();
    if (body.dataset.page === "home") {
      ask(250);
      return;
    }
    if (body.dataset.page === "inbox") {
      if (event.type === "notification") ask(250);
      return;
    }
    if (body.dataset.page === "import") {
      const shown = $("[data-import]")?.dataset.import;
      if (event.type === "change" || about?.id === shown) ask(250);
      return;
    }
    if (body.dataset.page === "bulk") {
      if (about?.noun === "bulk" && about.id === $("[data-job]")?.dataset.job) ask(0);
      return;
    }
    if (body.dataset.page === "accounts") {
      ask(rows().some((row) => row.dataset.account === named) ? 250 : 5000);
    } else if (body.dataset.page === "account" && (named === body.dataset.account || about?.noun === "task")) {
      ask(250);
    }
  };
  // One stream for each page that is looked at. A page in the background lets go of it, since a browser has few
  // connections for all of its pages, and reads everything again when it comes back.
  let stream = null, lost = false, rest = 0, retry = 0;
  const connect = () => {
    clearTimeout(rest);
    clearTimeout(retry);
    if (stream && stream.readyState !== EventSource.CLOSED) return;
    stream = new EventSource(source);
    stream.onopen = () => {
      say(true);
      // A job may be over before its page listens.
      if (lost || $("[data-job]")) ask(0);
      if (lost) recount();
      lost = false;
    };
    stream.onerror = () => {
      lost = true;
      say(false);
      // A browser tries again by itself unless it was refused.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(connect, 5000);
    };
    stream.onmessage = heard;
    for (const topic of new URLSearchParams(source.split("?")[1]).get("topics").split(",")) stream.addEventListener(topic, heard);
  };
  const leave = () => {
    clearTimeout(retry);
    stream?.close();
    stream = null;
    lost = true;
  };
  document.addEventListener("visibilitychange", () => {
    clearTimeout(rest);
    if (document.hidden) {
      rest = setTimeout(leave, 30000);
    } else {
      connect();
      recount();
      if (again) ask(0);
    }
  });
  connect();
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
