// Runs before the first paint: applies the chosen theme, and tells the style sheet that scripts run.
(() => {
  const root = document.documentElement;
  root.dataset.script = "on";
  try {
    const theme = localStorage.getItem("kith-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (theme === "system") delete root.dataset.theme;
  } catch { /* storage may be closed: the theme of the person holds */ }
})();
