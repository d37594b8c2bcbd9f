// The page's side of panel.py: native form elements, one <img> that changes without flicker, the words as a live region.

const QUIET = 400; // milliseconds without a change before a screen reader is told the words

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
    if (input.valueAsNumber !== value) input.value = value;
    output.textContent = value.toFixed(Math.max(decimals, 1)).replace("-", "−");
  };
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field slider" }, label, input, output), show };
}

function choiceField(spec, id, change) {
  const select = element("select", { id }, ...spec.options.map((name) => element("option", { value: name, textContent: name })));
  select.addEventListener("change", () => change(select.value));
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field" }, label, select), show: (value) => { select.value = value; } };
}

function switchField(spec, id, change) {
  const input = element("input", { type: "checkbox", id });
  input.addEventListener("change", () => change(input.checked));
  const label = element("label", { htmlFor: id, textContent: spec.label });
  return { node: element("div", { className: "field switch" }, input, label), show: (value) => { input.checked = value; } };
}

const FIELDS = { slider: sliderField, choice: choiceField, switch: switchField };

function pictureView(model) {
  const image = element("img", { draggable: false });
  image.dataset.frame = 0;
  let url = null;
  async function show() {
    const bytes = model.get("picture");
    image.hidden = !bytes?.byteLength;
    if (image.hidden) return;
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

function wordsView(model) {
  const words = element("p", { className: "words" });
  words.setAttribute("role", "status");
  words.setAttribute("aria-live", "polite");
  let timer = null;
  function show() {
    words.setAttribute("aria-busy", "true");
    words.textContent = model.get("words");
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

function render({ model, el }) {
  const change = (name) => (value) => {
    model.set("values", { ...model.get("values"), [name]: value });
    model.save_changes();
    showValues();
  };
  const prefix = `panel-${Math.random().toString(36).slice(2)}`;
  const fields = {};
  const form = element("div", { className: "controls" });
  const buttons = element("div", { className: "buttons" });
  for (const spec of model.get("controls")) {
    if (spec.kind === "button") {
      const press = () => model.send({ press: spec.name });
      buttons.append(element("button", { type: "button", textContent: spec.label, onclick: press }));
    } else {
      fields[spec.name] = FIELDS[spec.kind](spec, `${prefix}-${spec.name}`, change(spec.name));
      form.append(fields[spec.name].node);
    }
  }
  const showValues = () => {
    for (const [name, value] of Object.entries(model.get("values"))) fields[name]?.show(value);
  };
  const picture = pictureView(model);
  const words = wordsView(model);
  const problem = problemView(model);
  el.classList.add("course-panel");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", model.get("title"));
  el.append(form, buttons, problem.node, picture.node, words.node);
  // Arrow keys and Enter belong to the focused control, not to the notebook's shortcuts. Lab asks the focused element
  // itself, so it is no use to say so on the frame.
  for (const control of el.querySelectorAll("input, select, button, summary, pre")) {
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  }
  // The still picture stands in for this view wherever there is no kernel; here it would be one too many.
  const stills = document.querySelectorAll(`.course-still[data-key="${model.get("key")}"]`);
  stills.forEach((still) => { still.hidden = true; });
  const watch = {
    "change:values": showValues,
    "change:picture": picture.show,
    "change:alt": picture.describe,
    "change:words": words.show,
    "change:problem": problem.show,
    "change:details": problem.show,
  };
  for (const [event, show] of Object.entries(watch)) {
    model.on(event, show);
    show();
  }
  return () => {
    for (const [event, show] of Object.entries(watch)) model.off(event, show);
    picture.close();
    words.close();
  };
}

export default { render };
