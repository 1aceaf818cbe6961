// What makes some pages nicer. Nothing is reachable by script alone.

// After a form with errors the summary is read first.
document.getElementById("errors")?.focus();

// A changed form is not left by accident.
let changed = false;
for (const form of document.querySelectorAll("main form[method=post]")) {
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
}
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

// The ten minutes in which a second person confirms an opening.
for (const clock of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(clock.dataset.until);
  const show = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    clock.textContent = `(${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")})`;
    if (left > 0) setTimeout(show, 1000);
  };
  show();
}

// A choice on which other fields hang shows them at once, as the button for a row does.
for (const select of document.querySelectorAll("select[name='/method/code'], select[name$='/kind'][name^='/criteria']")) {
  select.addEventListener("change", () => {
    changed = false;
    const button = document.createElement("button");
    button.name = "act";
    button.value = "show:";
    button.hidden = true;
    select.form.append(button);
    select.form.requestSubmit(button);
  });
}
