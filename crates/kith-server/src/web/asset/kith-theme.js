// Runs before the first paint: applies the chosen theme, tells the style sheet that scripts run, keeps early keys.
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  try {
    const theme = localStorage.getItem("kith-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (theme === "system") delete root.dataset.theme;
  } catch { /* storage may be closed: the theme of the person holds */ }
  // Keys that are pressed before the other scripts are there are heard once they are.
  const early = [];
  const keep = (event) => {
    if (event.target.closest?.("input, textarea, select") && !event.ctrlKey && !event.metaKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "k") event.preventDefault();
    early.push(event);
  };
  addEventListener("keydown", keep, true);
  window.kithEarly = () => {
    removeEventListener("keydown", keep, true);
    for (const { target, key, ctrlKey, metaKey, altKey, shiftKey } of early.splice(0)) {
      const heard = target.isConnected ? target : document.body;
      heard.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true }));
    }
  };
})();
