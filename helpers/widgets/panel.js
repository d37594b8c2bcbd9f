// The page's side of panel.py: native form elements, one <img> that changes without flicker, the words as a live region.

const QUIET = 400; // milliseconds without a change before a screen reader is told the words
const LONG = 28; // letters that a label and its choice have together where they do not fit into one of three columns

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function sliderField(spec, id, change) {
  const decimals = (String(spec.step).split(".")[1] ?? "").length;
  const input = element("input", { type: "range", id, min: spec.min, max: spec.max, step: spec.step });
  // The slider tells its value itself; a second telling would be noise, so this one is for the eye.
  const output = element("span", { className: "value" });
  output.setAttribute("aria-hidden", "true");
  input.addEventListener("input", () => change(input.valueAsNumber));
  const show = (value) => {
    // NaN comes as a word; the kernel tells what is wrong, and the slider stays.
    if (!Number.isFinite(value)) return;
    if (input.valueAsNumber !== value) input.value = value;
    output.textContent = value.toFixed(decimals).replace("-", "−");
  };
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field slider" }, label, input, output), show };
}

// A native slider over the places in a list; what it halts at is told in words, since its own number means nothing.
function stopsField(spec, id, change) {
  const input = element("input", { type: "range", id, min: 0, max: spec.stops.length - 1, step: 1 });
  const output = element("span", { className: "value" });
  output.setAttribute("aria-hidden", "true");
  input.addEventListener("input", () => change(spec.stops[input.valueAsNumber]));
  const show = (value) => {
    const place = Math.max(0, spec.stops.indexOf(value));
    if (input.valueAsNumber !== place) input.value = place;
    output.textContent = spec.texts[place];
    input.setAttribute("aria-valuetext", spec.texts[place]);
  };
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field slider" }, label, input, output), show };
}

function choiceField(spec, id, change) {
  const select = element("select", { id }, ...spec.options.map((name) => element("option", { value: name, textContent: name })));
  select.addEventListener("change", () => change(select.value));
  const label = element("label", { htmlFor: id, textContent: spec.label });
  const long = spec.options.some((name) => spec.label.length + name.length >= LONG);
  const node = element("div", { className: long ? "field long" : "field" }, label, select);
  return { node, show: (value) => { select.value = value; } };
}

function switchField(spec, id, change) {
  const input = element("input", { type: "checkbox", id });
  input.addEventListener("change", () => change(input.checked));
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field switch" }, input, label), show: (value) => { input.checked = value; } };
}

function textField(spec, id, change) {
  const input = element("input", { type: "text", id, spellcheck: false, autocomplete: "off" });
  input.addEventListener("change", () => change(input.value));
  // Lab keeps the browser from taking Enter for a change.
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") change(input.value); });
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field text" }, label, input), show: (value) => { input.value = value; } };
}

const FIELDS = { slider: sliderField, stops: stopsField, choice: choiceField, switch: switchField, text: textField };

// An <img> that has had no source gets no room in Chromium when it gets one while its cell is out of sight.
const NOTHING = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";

function pictureView(model) {
  const image = element("img", { draggable: false, src: NOTHING });
  image.dataset.frame = 0;
  let url = null;
  async function show() {
    const bytes = model.get("picture");
    if (!bytes?.byteLength) return;
    image.style.width = `${model.get("width")}px`;
    const next = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    const ahead = element("img", { src: next });
    // Decoded before it is shown, the new picture takes the old one's place without an empty moment between.
    await ahead.decode().catch(() => {});
    if (bytes !== model.get("picture")) return URL.revokeObjectURL(next);
    image.src = next;
    image.dataset.frame = Number(image.dataset.frame) + 1;
    if (url) URL.revokeObjectURL(url);
    url = next;
  }
  const describe = () => { image.alt = model.get("alt"); };
  return { node: image, show, describe, close: () => url && URL.revokeObjectURL(url) };
}

// Front ends in place of the picture: another file, appended to this one, adds its own here. Each takes the model and
// gives { node, show, describe, close }: show draws `picture` or `drawn`, counts what it has drawn in data-frame, and may
// return a promise; describe tells `alt`.
const VIEWS = { picture: pictureView };

// Asks the kernel for a tick, waits for its answer and for the page to show it (`shown`), then asks for the next. What has
// a pace asks one at a time; what goes as fast as it can asks for two, so that the kernel works at one while the page shows
// the other. The view whose button was pressed does so, until it is paused or closed.
function player(model, shown) {
  const id = Math.random().toString(36).slice(2);
  let runs = 0;
  let mine = false;
  const run = () => `${id}-${runs}`;
  const asked = []; // when, of those without an answer
  const ask = () => {
    if (!mine || !model.get("playing")) return;
    asked.push(performance.now());
    model.send({ tick: run() });
  };
  async function answered(content) {
    if (content.ticked !== run()) return; // another view's, or one from before a pause
    const since = asked.shift();
    await shown();
    const rest = model.get("pace") - (performance.now() - since);
    const next = () => requestAnimationFrame(() => content.ticked === run() && ask());
    setTimeout(next, Math.max(0, rest));
  }
  model.on("msg:custom", answered);
  function set(playing) {
    mine = playing;
    runs += 1;
    asked.length = 0;
    model.set("playing", playing);
    model.save_changes();
    for (let k = model.get("pace") ? 1 : 2; k > 0; k -= 1) ask();
  }
  function close() {
    if (mine && model.get("playing")) set(false);
    mine = false;
    model.off("msg:custom", answered);
  }
  return { toggle: () => set(!model.get("playing")), close };
}

function wordsView(model) {
  const words = element("p", { className: "words" });
  words.setAttribute("role", "status");
  words.setAttribute("aria-live", "polite");
  let timer = null;
  function show() {
    words.setAttribute("aria-busy", "true");
    // A number keeps its percent sign: no line begins with one.
    words.textContent = model.get("words").replaceAll(" %", "\u00a0%");
    clearTimeout(timer);
    timer = setTimeout(() => words.setAttribute("aria-busy", "false"), QUIET);
  }
  return { node: words, show, close: () => clearTimeout(timer) };
}

function problemView(model) {
  const sentence = element("p");
  const where = element("pre", { tabIndex: 0 });
  const box = element("div", { className: "problem" }, sentence, element("details", {}, element("summary", { textContent: model.get("details_label") }), where));
  box.setAttribute("role", "alert");
  const show = () => {
    sentence.textContent = model.get("problem");
    where.textContent = model.get("details");
    box.hidden = !model.get("problem");
  };
  return { node: box, show };
}

// These children in this order. One that is in its place already is not touched: a node that is put in again loses the
// focus and the pointer.
function arrange(parent, children) {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}

// Arrow keys and Enter belong to the focused control, not to the notebook's shortcuts. Lab asks the focused element
// itself, so it is no use to say so on the frame.
function keepKeys(el) {
  for (const control of el.querySelectorAll("input, select, button, summary, pre, [tabindex]")) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

function render({ model, el }) {
  const change = (name) => (value) => {
    model.set("values", { ...model.get("values"), [name]: value });
    model.save_changes();
    showValues();
  };
  const prefix = `panel-${Math.random().toString(36).slice(2)}`;
  let showing = null;
  // Before anything has been drawn, as when the learner's function fails at once, a front end would be an empty frame.
  const showPicture = () => {
    picture.node.hidden = !model.get("alt");
    showing = picture.show();
  };
  const playing = player(model, () => showing);
  let placed = []; // the controls on the page: { key, spec, node, input, show }
  const groups = {};
  const form = element("div", { className: "controls" });
  const buttons = element("div", { className: "buttons" });
  const showValues = () => {
    const values = model.get("values");
    for (const { spec, show } of placed) if (show && spec.name in values) show(values[spec.name]);
  };
  const showPlaying = () => {
    for (const { spec, node } of placed) {
      if (spec.kind === "play") node.textContent = model.get("playing") ? spec.pause : spec.label;
    }
  };
  function made(spec, key) {
    if (!FIELDS[spec.kind]) {
      const onclick = spec.kind === "play" ? playing.toggle : () => model.send({ press: spec.name });
      const node = element("button", { type: "button", textContent: spec.label, onclick });
      return { key, spec, node, input: node };
    }
    const { node, show } = FIELDS[spec.kind](spec, `${prefix}-${spec.name}`, change(spec.name));
    return { key, spec, node, input: node.querySelector("input, select"), show };
  }
  function place() {
    const rows = [];
    for (const { spec, node } of placed.filter(({ show }) => show)) {
      const group = spec.group && (groups[spec.group] ??= element("fieldset", {}, element("legend", { textContent: spec.group })));
      if (!rows.includes(group ?? node)) rows.push(group ?? node);
    }
    arrange(form, rows);
    for (const [name, group] of Object.entries(groups)) {
      const members = placed.filter(({ spec }) => spec.group === name).map(({ node }) => node);
      arrange(group, [group.firstChild, ...members]);
    }
    arrange(buttons, placed.filter(({ show }) => !show).map(({ node }) => node));
  }
  function build() {
    const focused = el.contains(document.activeElement) ? document.activeElement.dataset.control : undefined;
    // What is described as before stays: a slider that changes other controls is still under the hand that drags it.
    const before = Object.fromEntries(placed.map((control) => [control.key, control]));
    placed = model.get("controls").map((spec) => before[JSON.stringify(spec)] ?? made(spec, JSON.stringify(spec)));
    place();
    for (const { spec, input } of placed) {
      input.disabled = Boolean(spec.disabled);
      input.dataset.control = spec.name;
      // The focus stays where it was when controls change under the learner's hands.
      if (spec.name === focused && document.activeElement !== input) input.focus();
    }
    keepKeys(el);
    showValues();
    showPlaying();
  }
  const picture = VIEWS[model.get("front")](model);
  const words = wordsView(model);
  const problem = problemView(model);
  el.classList.add("course-panel");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", model.get("title"));
  el.append(form, buttons, problem.node, picture.node, words.node);
  build();
  // The still picture stands in for this view wherever there is no kernel; here it would be one too many.
  const stills = document.querySelectorAll(`.course-still[data-key="${model.get("key")}"]`);
  stills.forEach((still) => { still.hidden = true; });
  const watch = {
    "change:controls": build,
    "change:values": showValues,
    "change:playing": showPlaying,
    "change:picture": showPicture,
    "change:drawn": showPicture,
    "change:alt": picture.describe,
    "change:words": words.show,
    "change:problem": problem.show,
    "change:details": problem.show,
  };
  for (const [event, show] of Object.entries(watch)) model.on(event, show);
  for (const show of [showPicture, picture.describe, words.show, problem.show]) show();
  return () => {
    for (const [event, show] of Object.entries(watch)) model.off(event, show);
    playing.close();
    picture.close();
    words.close();
  };
}

export default { render };
