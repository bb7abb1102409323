// The list and the account: selection, widths, the way to the next account, editing in place, files, forms that lose
// nothing. Every page works without it.
"use strict";
(() => {
  const body = document.body;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const rows = () => $$("#rows tr[data-account]");
  const html = async (address, options) => {
    const reply = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin", ...options });
    const text = await reply.text();
    return { reply, page: new DOMParser().parseFromString(text, "text/html") };
  };
  const say = (place, text) => {
    let line = $(":scope > .lost", place);
    if (!line) {
      line = document.createElement("p");
      line.className = "lost bad sm";
      line.setAttribute("role", "alert");
      place.append(line);
    }
    line.textContent = text;
    return line;
  };
  const { t, number, on } = window.kith;
  const LOST = t("No connection. Nothing was sent, and what you typed is kept: try again.");

  // Selection: one by one, a range, the page, or all that the list finds.
  const bar = $("#bulk");
  let last = null;
  const box = (row) => $("[data-pick]", row);
  const count = () => {
    if (!bar) return;
    const picked = rows().filter((row) => box(row).checked);
    for (const row of rows()) row.classList.toggle("sel", box(row).checked);
    const whole = $("[data-whole]", bar);
    bar.classList.toggle("on", picked.length > 0 || whole?.checked === true);
    const total = number(Number($("#rows").dataset.total || 0));
    $("[data-picked]", bar).textContent = whole?.checked ? t("All {total} selected", { total }) : t("{count} selected", { count: picked.length });
    const all = $("[data-all]");
    if (all) {
      all.checked = picked.length === rows().length && picked.length > 0;
      all.indeterminate = picked.length > 0 && !all.checked;
    }
  };
  const pick = (row, range) => {
    const all = rows();
    const here = all.indexOf(row), from = all.indexOf(last);
    const wanted = !box(row).checked;
    if (range && from >= 0) {
      for (const one of all.slice(Math.min(here, from), Math.max(here, from) + 1)) box(one).checked = true;
    } else box(row).checked = wanted;
    last = row;
    count();
  };
  const none = () => {
    for (const one of $$("[data-pick], [data-whole], [data-all]")) one.checked = false;
    last = null;
    count();
  };
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-pick]");
    if (one) {
      const row = one.closest("tr");
      one.checked = !one.checked; // what the click did is done again by pick
      pick(row, event.shiftKey);
    } else if (event.target.closest("[data-none]")) none();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) for (const row of rows()) box(row).checked = event.target.checked;
    if (event.target.matches("[data-all], [data-whole]")) count();
  });
  // Back from another page: what was picked is picked.
  addEventListener("pageshow", count);
  const current = () => $("#rows tr.cur") || document.activeElement?.closest?.("#rows tr");
  on("key:pick", (event) => {
    const row = bar && current();
    if (row) pick(row, event.shiftKey);
    return Boolean(row);
  });
  on("key:pick-all", () => {
    if (!bar) return false;
    const all = rows();
    const full = all.length > 0 && all.every((row) => box(row).checked);
    for (const row of all) box(row).checked = !full;
    count();
    return true;
  });
  on("key:open", () => {
    const row = bar && document.activeElement === body && current();
    if (row) $("a", row).click();
    return Boolean(row);
  });
  on("key:leave", () => {
    if (bar?.classList.contains("on")) none();
    return false;
  });

  // Another condition: once its field is chosen, the form for its value comes into the same place.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-condition]") || form.elements.rel || event.defaultPrevented) return;
    event.preventDefault();
    const members = new URLSearchParams(new FormData(form));
    members.set("part", "editor");
    try {
      const fresh = $("form[data-condition]", (await html(`${form.getAttribute("action")}?${members}`)).page);
      if (!fresh) return form.submit();
      form.replaceWith(document.adoptNode(fresh));
      $("select, input:not([type=hidden]), textarea", fresh)?.focus();
    } catch { form.submit(); }
  });

  // Widths of columns: dragged or by arrow keys, kept where the list keeps them.
  const table = $("table[data-arrange]");
  const column = (id) => $$("col[data-col]", table).find((col) => col.dataset.col === id);
  const LEAST = 48, MOST = 800, STEP = 16;
  let keeping = 0;
  const send = async () => {
    keeping = 0;
    const wide = (col) => col.getAttribute("width");
    const columns = $$("col[data-col]", table).map((col) => wide(col) ? `${col.dataset.col}:${wide(col)}` : col.dataset.col);
    const view = $("#rows").dataset.view || "";
    const members = new URLSearchParams({ csrf: $("#list [name=csrf]").value, view, columns: columns.join(",") });
    if (!table.dataset.arrange) return;
    try { await fetch(table.dataset.arrange, { method: "POST", body: members, credentials: "same-origin", keepalive: true }); } catch { /* it stays as it is on this page */ }
  };
  const keep = () => {
    clearTimeout(keeping);
    keeping = setTimeout(send, 500);
  };
  // Who leaves at once has meant it too.
  addEventListener("pagehide", () => {
    if (!keeping) return;
    clearTimeout(keeping);
    send();
  });
  const widen = (grip, width) => {
    // The widths of now are the widths that stay: only one of them changes.
    if (!table.classList.contains("sized")) {
      for (const head of $$("th", table)) {
        const own = $("[data-grip]", head);
        if (own) column(own.dataset.grip)?.setAttribute("width", Math.round(head.getBoundingClientRect().width));
      }
      table.classList.add("sized");
    }
    const wide = Math.max(LEAST, Math.min(MOST, Math.round(width)));
    column(grip.dataset.grip)?.setAttribute("width", wide);
    grip.setAttribute("aria-valuenow", wide);
    keep();
  };
  const now = (grip) => grip.closest("th").getBoundingClientRect().width;
  if (table) {
    for (const grip of $$("[data-grip]", table)) grip.setAttribute("aria-valuenow", Math.round(now(grip)));
    on("key:widen", (event) => {
      const grip = event.target.closest?.("[data-grip]");
      if (grip) widen(grip, now(grip) + (event.key === "ArrowLeft" ? -STEP : STEP));
      return Boolean(grip);
    });
    table.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (!grip) return;
      event.preventDefault();
      const from = event.clientX, width = now(grip);
      grip.setPointerCapture(event.pointerId);
      const drag = (moved) => widen(grip, width + moved.clientX - from);
      grip.addEventListener("pointermove", drag);
      grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", drag), { once: true });
    });
  }

  // The way to the next account of the list that one came from.
  const WALK = "kith-walk";
  const remember = (walk) => { try { sessionStorage.setItem(WALK, JSON.stringify(walk)); } catch { /* no way, then */ } };
  const ids = (page) => $$("#rows tr[data-account]", page).map((row) => row.dataset.account);
  const list = $("#rows");
  if (list) {
    const { from, total, next, list: address } = list.dataset;
    remember({ ids: ids(document), from: Number(from), total: Number(total || 0), next: next || "", list: address });
  }
  const walk = () => { try { return JSON.parse(sessionStorage.getItem(WALK)); } catch { return null; } };
  const place = $("#walk");
  const go = async (step) => {
    const way = walk();
    const at = way ? way.ids.indexOf(body.dataset.account) + step : -1;
    if (!way || at < 0) return;
    if (at >= way.ids.length && way.next) {
      const { page } = await html(way.next);
      way.ids.push(...ids(page));
      way.next = $("#rows", page)?.dataset.next || "";
      remember(way);
    }
    if (way.ids[at]) location.assign(`/accounts/${way.ids[at]}${location.search.match(/[?]tab=\w+/)?.[0] ?? ""}`);
  };
  if (place && body.dataset.account) {
    const way = walk();
    const at = way ? way.ids.indexOf(body.dataset.account) : -1;
    if (at >= 0) {
      place.hidden = false;
      $("[data-place]", place).textContent = way.total ? `${way.from + at + 1} of ${way.total.toLocaleString("en-GB")}` : String(way.from + at + 1);
      $(".top .push")?.prepend(place);
      place.addEventListener("click", (event) => {
        const step = event.target.closest("[data-step]")?.dataset.step;
        if (step) go(Number(step));
      });
    }
  }
  for (const [name, step] of [["key:next", 1], ["key:previous", -1]]) on(name, () => {
    if (body.dataset.page !== "account") return false;
    go(step);
    return true;
  });

  // Editing in place: the form comes into the row; what it would come to is shown while one types.
  const back = (row) => {
    $("form", row)?.remove();
    for (const one of $$("[data-put-away]", row)) {
      one.hidden = false;
      delete one.dataset.putAway;
    }
    $(".pen", row)?.focus();
  };
  const begin = async (row) => {
    const pen = $("a[data-inline]", row);
    if (!pen || $("form", row)) return;
    let form;
    try { form = $("form", (await html(`${pen.href}&part=inline`)).page); } catch { return location.assign(pen.href); }
    if (!form) return location.assign(pen.href);
    for (const one of [...row.children].filter((child) => !child.hidden)) {
      one.dataset.putAway = "";
      one.hidden = true;
    }
    row.append(document.adoptNode(form));
    named(form);
    const field = $(".field", form);
    field?.focus();
    field?.select?.();
    return form;
  };
  // Codes by the names that the browser has for them in the reader's language.
  const named = (from = document) => {
    for (const list of $$("[data-names]", from)) {
      let names;
      try { names = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: list.dataset.names }); } catch { return; }
      for (const option of $$("option[value]:not([value=''])", list)) {
        let name;
        try { name = names.of(option.value); } catch { continue; }
        if (!name || name === option.value) continue;
        if (list.matches("datalist")) option.label = `${option.value} · ${name}`; else option.textContent = `${option.value} · ${name}`;
      }
    }
  };
  named();
  // A value that was being edited in its row when the session ended: it comes back after sign-in.
  const CUT = "kith-cut-off";
  const here = () => location.pathname + location.search;
  const cut = (form) => {
    const row = form.closest("dd.editable");
    if (!row) return;
    const values = [...new FormData(form)].filter(([name]) => name !== "csrf" && name !== "seen" && !name.startsWith("base."));
    try { sessionStorage.setItem(CUT, JSON.stringify({ at: here(), field: row.dataset.field, values })); } catch { /* the form is still here */ }
  };
  const again = async () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(CUT));
      if (!kept || kept.at !== here()) return;
      sessionStorage.removeItem(CUT);
    } catch { return; }
    const row = $$("dd.editable").find((one) => one.dataset.field === kept.field);
    const form = row && await begin(row);
    if (!form) return;
    for (const [name, value] of kept.values) {
      const one = form.elements[name];
      if (one && one.type !== "hidden") one.value = value;
    }
    say(form, t("What you typed was kept. Nothing was sent yet."));
    foresee(form);
  };
  // An address may name a field: it is opened and has the focus.
  const aimed = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (aimed && aimed.matches("textarea, input")) {
    const folded = aimed.closest("details");
    if (folded) folded.open = true;
    aimed.focus();
  }
  document.addEventListener("click", (event) => {
    const pen = event.target.closest("a[data-inline]");
    if (pen && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      begin(pen.closest("dd"));
    }
    const leave = event.target.closest("dd a[data-leave]");
    if (leave) {
      event.preventDefault();
      back(leave.closest("dd"));
    }
  });
  // E edits the value on which the reader is; elsewhere it opens the whole form.
  on("key:own", (event) => {
    const row = event.key === "e" && event.target.closest("dd.editable");
    if (row) begin(row);
    return Boolean(row);
  });
  document.addEventListener("dblclick", (event) => {
    const row = event.target.closest("dd.editable");
    if (row && !event.target.closest("form, a, button")) begin(row);
  });
  on("key:leave", (event) => {
    const row = event.target.closest?.("form")?.closest("dd.editable");
    if (row) back(row);
    return Boolean(row);
  });
  const foresee = async (form) => {
    const members = new URLSearchParams(new FormData(form));
    members.set("check", "true");
    try {
      const { page } = await html(`${form.getAttribute("action")}?part=inline`, { method: "POST", body: members });
      const fresh = $("form[data-edit]", page);
      if (!fresh || !form.isConnected) return;
      $("[data-outlook]", form).replaceWith(document.adoptNode($("[data-outlook]", fresh)));
      const words = $("[data-send]", fresh);
      if (words) $("[data-send]", form).innerHTML = words.innerHTML;
    } catch { /* it is found out when it is sent */ }
  };
  again();
  let looking = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-edit]");
    if (!form || form.getAttribute("action").endsWith("/new")) return;
    clearTimeout(looking);
    looking = setTimeout(() => foresee(form), 350);
  });

  // Forms that lose nothing: a lost connection is said in the form, and a fault comes back into it.
  const swap = (form, page) => {
    const inline = form.closest("dd.editable") && $("form[data-edit]", page);
    const fresh = inline || $("#main", page);
    if (!fresh) return location.reload();
    (inline ? form : $("#main")).replaceWith(document.adoptNode(fresh));
    named(fresh);
    ($("[aria-invalid=true]", fresh) || $("[role=alert]", fresh) || $("button[data-send]", fresh) || fresh).focus();
    scrollTo({ top: inline ? scrollY : 0 });
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-edit]")) return;
    event.preventDefault();
    clearTimeout(looking);
    if (form.dataset.busy) return;
    form.dataset.busy = "true";
    const inline = form.closest("dd.editable") ? "?part=inline" : "";
    try {
      if (form.dataset.stale) {
        // Signed in again meanwhile: the form takes the token of the new session.
        const token = $("[name=csrf]", (await html(location.href)).page)?.value;
        if (token) $("[name=csrf]", form).value = token;
        delete form.dataset.stale;
      }
      const members = new URLSearchParams(new FormData(form, event.submitter));
      const { reply, page } = await html(`${form.getAttribute("action")}${inline}`, { method: "POST", body: members });
      const to = new URL(reply.url);
      if (reply.redirected && to.pathname === "/sign-in") {
        form.dataset.stale = "true";
        cut(form);
        const line = say(form, `${t("You were signed out. What you typed is kept.")} `);
        const link = document.createElement("a");
        link.className = "ul";
        link.href = `/sign-in?next=${encodeURIComponent(here())}`;
        link.textContent = t("Sign in again");
        line.append(link);
      } else if (reply.redirected) {
        if (to.pathname === location.pathname && to.search === location.search) location.reload(); else location.assign(to);
        return;
      } else if (reply.status === 403 || reply.status >= 500) {
        form.dataset.stale = "true";
        say(form, `${$("h1", page)?.textContent ?? t("This cannot be done now")}. ${t("What you typed is kept: try again.")}`);
      } else swap(form, page);
    } catch { say(form, LOST); }
    delete form.dataset.busy;
  });

  // What comes further down is fetched when one gets there; the link stays for who has no script.
  const more = $("[data-more]");
  if (more && window.IntersectionObserver) {
    let busy = false;
    new IntersectionObserver(async (seen) => {
      const link = $("a[rel=next]", more);
      if (!seen.some((one) => one.isIntersecting) || !link || busy) return;
      busy = true;
      try {
        const { page } = await html(link.href);
        const lines = $$("#timeline .tl > li", page);
        const here = $("#timeline .tl");
        const days = $$(".day", here);
        if (lines[0]?.matches(".day") && lines[0].textContent === days.at(-1)?.textContent) lines.shift();
        here.append(...lines.map((line) => document.adoptNode(line)));
        here.closest("[data-part]").removeAttribute("data-part"); // it is longer now than the live one
        more.innerHTML = $("[data-more]", page)?.innerHTML ?? "";
      } catch { /* the link is still there */ }
      busy = false;
    }, { rootMargin: "400px" }).observe(more);
  }

  // Files: how far they are.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-export]");
    if (!link || !window.ReadableStream) return;
    event.preventDefault();
    const state = $("[data-export-state]", link.parentElement);
    const tell = (text) => { state.hidden = false; state.textContent = text; };
    tell(t("Begins …"));
    try {
      const reply = await fetch(link.href, { credentials: "same-origin" });
      if (!reply.ok) return location.assign(link.href);
      const total = Number(reply.headers.get("x-row-count"));
      const text = !link.href.includes("xlsx");
      const parts = [], reader = reply.body.getReader();
      let lines = 0, bytes = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        bytes += value.length;
        if (text) for (const byte of value) if (byte === 10) lines += 1;
        const values = { count: number(Math.min(lines, total)), total: number(total) };
        const far = text ? t("{count} of {total} accounts", values) : `${number(Math.ceil(bytes / 1024))} KB`;
        tell(`${far} …`);
      }
      const file = document.createElement("a");
      file.href = URL.createObjectURL(new Blob(parts));
      file.download = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") || "")?.[1] ?? "accounts";
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 10000);
      tell(t("{total} accounts, {size} KB", { total: number(total), size: number(Math.ceil(bytes / 1024)) }));
    } catch { tell(t("The connection broke off. Nothing was saved: try again.")); }
  });
  // Keys that were pressed before the scripts were there.
  window.kithEarly?.();
})();
