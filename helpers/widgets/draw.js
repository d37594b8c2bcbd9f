// The page's side of draw.py: a field to draw in, the pixels that the network gets, and a bar for each class.

const STEP = 1 / 24; // how far a key moves the pen, in fields
const APART = 0.012; // points nearer to the last one than this say nothing new
const MOVES = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};

function drawView(model) {
  const [pad, seen, bars] = Array.from({ length: 3 }, () => element("canvas"));
  const titles = Array.from({ length: 3 }, () => element("p", {}));
  const how = element("p", { className: "how" });
  const columns = [pad, seen, bars].map((canvas, i) => element("div", {}, titles[i], canvas));
  const node = element("div", { className: "drawing" }, element("div", { className: "sheet" }, ...columns), how);
  node.dataset.frame = 0;
  pad.tabIndex = 0;
  // Arrow keys are the field's own, so a screen reader has to hand them on.
  pad.setAttribute("role", "application");
  pad.setAttribute("data-lm-suppress-shortcuts", "true");
  seen.setAttribute("role", "img");
  bars.setAttribute("role", "img");
  let strokes = [];
  let version = null;
  let waiting = false;
  let count = 0; // of what has been sent
  let changed = false;
  let held = null; // the stroke under the pointer
  let pen = { x: 0.5, y: 0.25, down: false, used: false };
  let path = null; // the stroke under the keyboard's pen

  // One drawing is on its way at most; what has come since is sent after the answer.
  function send() {
    if (waiting) { changed = true; return; }
    waiting = true;
    changed = false;
    count += 1;
    const numbers = new Float32Array(strokes.flat(2));
    const { x, y, down, used } = pen;
    const counts = strokes.map((stroke) => stroke.length);
    model.send({ counts, pen: used ? { x, y, down } : null, count }, undefined, [numbers.buffer]);
  }
  function add(stroke, point) {
    const last = stroke.at(-1);
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < APART) return;
    stroke.push(point);
    drawPad();
    send();
  }
  const fields = () => model.get("drawn").fields ?? 1;
  const clamp = (value, most) => Math.max(0, Math.min(most, value));
  function place(event) {
    const box = pad.getBoundingClientRect();
    return [clamp((fields() * (event.clientX - box.left)) / box.width, fields()), clamp((event.clientY - box.top) / box.height, 1)];
  }
  pad.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    pad.focus();
    pad.setPointerCapture(event.pointerId);
    pen = { ...pen, down: false, used: false };
    path = null;
    held = [];
    strokes.push(held);
    add(held, place(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!held) return;
    // A fast hand moves further between two events than the browser tells; it keeps what lay between.
    for (const part of event.getCoalescedEvents?.() ?? [event]) add(held, place(part));
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { held = null; });
  pad.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (!move && ![" ", "Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    pen.used = true;
    if (event.key === " ") {
      pen.down = !pen.down;
      path = pen.down ? [] : null;
      if (path) {
        strokes.push(path);
        add(path, [pen.x, pen.y]);
      }
    } else if (move) {
      pen.x = clamp(pen.x + STEP * move[0], fields());
      pen.y = clamp(pen.y + STEP * move[1], 1);
      if (path) add(path, [pen.x, pen.y]);
    } else {
      strokes = [];
      pen.down = false;
      path = null;
    }
    drawPad();
    send();
  });
  for (const event of ["focus", "blur"]) pad.addEventListener(event, () => drawPad());

  function drawPad() {
    const { colours, text, fields: count } = model.get("drawn");
    if (!colours || !pad.clientWidth) return;
    const [width, height] = [pad.clientWidth, pad.clientWidth / count];
    const context = prepared(pad, width, height);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, width, height);
    context.strokeStyle = colours.grid;
    context.lineWidth = 1;
    for (let i = 1; i < count; i += 1) context.strokeRect(i * height, -1, 1, height + 2);
    context.lineCap = "round";
    context.lineJoin = "round";
    context.strokeStyle = colours.ink;
    context.lineWidth = height * 0.075;
    for (const stroke of strokes) {
      if (!stroke.length) continue;
      context.beginPath();
      context.moveTo(stroke[0][0] * height, stroke[0][1] * height);
      for (const [x, y] of stroke.length > 1 ? stroke : [stroke[0], stroke[0]]) context.lineTo(x * height, y * height);
      context.stroke();
    }
    if (!strokes.length) {
      context.fillStyle = colours.faint;
      context.font = "15px system-ui, sans-serif";
      context.textAlign = "center";
      for (let i = 0; i < count; i += 1) context.fillText(text.nothing, (i + 0.5) * height, height / 2);
    }
    if (document.activeElement !== pad || !pen.used) return;
    // The keyboard's pen: filled while it is down.
    context.beginPath();
    context.arc(pen.x * height, pen.y * height, height * 0.045, 0, 7);
    context.lineWidth = 2.5;
    context.fillStyle = pen.down ? colours.high : "#ffffff";
    context.strokeStyle = colours.high;
    context.fill();
    context.stroke();
  }
  function drawSeen(drawn) {
    const bytes = new Uint8Array(drawn.pixels.buffer, drawn.pixels.byteOffset, drawn.pixels.byteLength);
    const width = seen.clientWidth;
    const side = width / drawn.columns;
    const context = prepared(seen, width, 8 * side);
    const paper = 255;
    bytes.forEach((value, i) => {
      const grey = Math.round(paper - (value / 16) * (paper - 28));
      context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
      context.fillRect((i % drawn.columns) * side, Math.floor(i / drawn.columns) * side, side + 0.5, side + 0.5);
    });
    context.strokeStyle = drawn.colours.grid;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 1; i < drawn.columns; i += 1) { context.moveTo(i * side, 0); context.lineTo(i * side, 8 * side); }
    for (let i = 1; i < 8; i += 1) { context.moveTo(0, i * side); context.lineTo(width, i * side); }
    context.stroke();
  }
  function drawBars(drawn) {
    const { chances, percents, names, colours } = drawn;
    const width = bars.clientWidth;
    const row = Math.min(30, Math.max(21, 236 / chances.length));
    const context = prepared(bars, width, row * chances.length);
    const best = chances.indexOf(Math.max(...chances));
    context.clearRect(0, 0, width, row * chances.length);
    context.textBaseline = "middle";
    const left = 16 + Math.max(...names.map((name) => name.length)) * 9 + 6;
    const right = width - 72;
    chances.forEach((chance, k) => {
      const middle = (k + 0.5) * row;
      const chosen = k === best && !drawn.empty;
      context.font = `${chosen ? "bold " : ""}14px system-ui, sans-serif`;
      context.fillStyle = colours.ink;
      context.textAlign = "left";
      context.fillText(`${chosen ? "▸ " : ""}${names[k]}`, chosen ? 0 : 15, middle);
      context.fillStyle = colours.grid;
      context.fillRect(left, middle - row * 0.3, right - left, row * 0.6);
      context.fillStyle = chosen ? colours.low : colours.faint;
      context.fillRect(left, middle - row * 0.3, (right - left) * chance, row * 0.6);
      context.fillStyle = colours.ink;
      context.textAlign = "right";
      context.fillText(percents[k], width, middle);
    });
  }
  function draw() {
    const drawn = model.get("drawn");
    if (!drawn.text || !node.clientWidth) return;
    node.style.setProperty("--fields", drawn.fields);
    [titles[0].textContent, titles[1].textContent, titles[2].textContent] = [drawn.text.pad, drawn.text.seen, drawn.text.chances];
    how.textContent = drawn.text.how;
    pad.setAttribute("aria-label", drawn.text.label);
    bars.setAttribute("aria-label", drawn.text.bars);
    drawPad();
    drawSeen(drawn);
    drawBars(drawn);
  }
  function show() {
    const drawn = model.get("drawn");
    if (drawn.version !== version) {
      // The kernel has another drawing: the first one, or one with a stroke less.
      version = drawn.version;
      const numbers = floats(drawn.strokes ?? new DataView(new ArrayBuffer(0)));
      let start = 0;
      strokes = (drawn.counts ?? []).map((count) => {
        const stroke = Array.from({ length: count }, (_, i) => [numbers[2 * (start + i)], numbers[2 * (start + i) + 1]]);
        start += count;
        return stroke;
      });
      path = held = null;
      pen.down = false;
      changed = false;
    }
    draw();
    node.dataset.frame = Number(node.dataset.frame) + 1;
  }
  // The kernel says so after a failure too, and where a drawing has changed nothing.
  function heard(content) {
    if (content.heard !== count) return;
    waiting = false;
    if (changed) send();
  }
  model.on("msg:custom", heard);
  const describe = () => seen.setAttribute("aria-label", model.get("alt"));
  const watch = new ResizeObserver(draw);
  watch.observe(node);
  return { node, show, describe, close: () => { watch.disconnect(); model.off("msg:custom", heard); } };
}

VIEWS.draw = drawView;
