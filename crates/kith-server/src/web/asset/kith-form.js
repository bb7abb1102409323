// Forms lose nothing: what is typed is kept in this tab until it has arrived, across a lost connection and a session
// that has ended. Every form works without it.
"use strict";
(() => {
  const body = document.body;
  const PREFIX = "kith-draft:";
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  let store;
  try {
    store = sessionStorage;
    store.getItem(PREFIX);
  } catch {
    return; // storage may be closed: the browser's own memory of forms has to do
  }

  // What may be kept: no passwords, no files, nothing hidden.
  const forms = () => $$("form[method=post]").filter((form) => form.dataset.draft !== "off");
  const fields = (form) => [...form.elements].filter((one) =>
    one.name && !one.disabled && !one.readOnly && !["hidden", "password", "file", "submit", "button"].includes(one.type));
  const key = (form) => {
    const alike = forms().filter((other) => other.getAttribute("action") === form.getAttribute("action"));
    return `${PREFIX}${body.dataset.reader || ""}:${location.pathname}:${form.getAttribute("action")}:${alike.indexOf(form)}`;
  };
  const ticks = (one) => one.type === "checkbox" || one.type === "radio";
  const read = (form) => fields(form).map((one) => [one.name, one.value, ticks(one) ? one.checked : null]);
  const drafts = () => Object.keys(store).filter((name) => name.startsWith(PREFIX));
  const load = (name) => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };
  const save = (name, draft) => { try { store.setItem(name, JSON.stringify(draft)); } catch { /* the store is full */ } };

  const say = (form, text, undo) => {
    const note = document.createElement("div");
    note.className = "note info kept";
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    note.append(words);
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn sm";
      button.textContent = body.dataset.discard || "Discard";
      button.addEventListener("click", () => { undo(); note.remove(); });
      note.append(button);
    }
    form.before(note);
    words.textContent = text; // after it is in the page: then it is announced
    return note;
  };

  // Came through sign-in, an error or the notice of a lost connection: what was sent has not arrived.
  if (["sign-in", "error", "offline"].includes(body.dataset.page)) {
    for (const name of drafts()) {
      const draft = load(name);
      if (draft?.sent) save(name, { ...draft, sent: false });
    }
    return;
  }
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  for (const name of drafts()) if (load(name)?.sent && !back) store.removeItem(name);

  for (const form of forms()) {
    const draft = load(key(form));
    if (!draft) continue;
    const before = read(form);
    const put = (values) => {
      for (const [name, value, checked] of values) {
        const one = fields(form).find((field) => field.name === name && (checked === null || field.value === value));
        if (!one) continue;
        if (checked === null) one.value = value; else one.checked = checked;
      }
    };
    if (JSON.stringify(before) === JSON.stringify(draft.values)) continue;
    put(draft.values);
    for (const details of $$("details", document)) if (details.contains(form)) details.open = true;
    say(form, body.dataset.kept || "What you typed was kept.", () => {
      store.removeItem(key(form));
      put(before);
    });
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && forms().includes(form)) save(key(form), { values: read(form), sent: false });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("action") === "/sign-out") for (const name of drafts()) store.removeItem(name);
    // What a person chooses for every device comes before an earlier choice on this one.
    if (form.id === "appearance") try { localStorage.removeItem("kith-theme"); } catch { /* nothing to forget */ }
    if (!forms().includes(form)) return;
    if (!navigator.onLine) {
      event.preventDefault();
      save(key(form), { values: read(form), sent: false });
      $$(".note.kept").forEach((note) => note.remove());
      say(form, body.dataset.offline || "There is no connection. Nothing was sent, and what you typed is kept: try again.");
      return;
    }
    save(key(form), { values: read(form), sent: true });
  });

  // A lost connection says so, on pages without live values too.
  const bar = document.getElementById("offline");
  const online = () => { if (bar) bar.hidden = navigator.onLine; };
  addEventListener("online", online);
  addEventListener("offline", online);
  online();
  if ("serviceWorker" in navigator && window.isSecureContext) navigator.serviceWorker.register("/sw.js").catch(() => {});
})();
