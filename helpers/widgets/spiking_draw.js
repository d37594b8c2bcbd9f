// Pictures of the spiking neuron at a moment s (ms) of the cells' time; each function draws into a box { x, y, w, h }.

function trace(pen, box, data, s, values, [low, high], colour, width) {
  const last = values.length - 1;
  const left = Math.max(0, s - data.window);
  const x = (t) => box.x + ((t - left) / data.window) * box.w;
  const y = (v) => box.y + box.h - ((v - low) / (high - low)) * box.h;
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.w, box.h);
  pen.clip();
  pen.beginPath();
  for (let k = 0; k <= last; k += 1) {
    const t = data.now - (last - k) * data.dt;
    if (t > s) break;
    pen.lineTo(x(t), y(values[k]));
  }
  pen.stroke();
  pen.restore();
  return { x, y, left };
}

function write(pen, text, x, y, colour, align = "left", size = 12) {
  pen.fillStyle = colour;
  pen.font = `${size}px ${pen.family}`;
  pen.textAlign = align;
  pen.fillText(text, x, y);
}

function dashed(pen, colour, dash, x1, y1, x2, y2, width = 1) {
  pen.save();
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.stroke();
  pen.restore();
}

// Voltage over time, with the threshold and a stroke above it for each pulse.
function voltage(pen, box, data, s, values, times, colour, name, colours) {
  const climb = data.threshold - data.rest;
  const range = [Math.min(data.rest, data.reset) - 0.35 * climb, data.threshold + 0.7 * climb];
  const { x, y, left } = trace(pen, box, data, s, values, range, colour, 2);
  dashed(pen, colours.faint, [5, 4], box.x, y(data.threshold), box.x + box.w, y(data.threshold));
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1.8;
  pen.beginPath();
  for (const t of times) {
    if (t > s || t < left) continue;
    pen.moveTo(x(t), y(data.threshold + 0.12 * climb));
    pen.lineTo(x(t), y(data.threshold + 0.55 * climb));
  }
  pen.stroke();
  write(pen, name, box.x, box.y - 4, colours.text);
  for (const v of [data.rest, data.threshold]) write(pen, minus(v), box.x - 6, y(v) + 4, colours.faint, "right", 11);
}

function minus(v) {
  return String(v).replace("-", "−");
}

function timeAxis(pen, box, data, s, colours) {
  const left = Math.max(0, s - data.window);
  const every = box.w > 260 ? 20 : 50;
  for (let t = Math.ceil(left / every) * every; t <= left + data.window; t += every) {
    const x = box.x + ((t - left) / data.window) * box.w;
    dashed(pen, colours.grid, [], x, box.y, x, box.y + box.h);
    write(pen, String(t), x, box.y + box.h + 14, colours.faint, "center", 11);
  }
  write(pen, data.texts.time, box.x + box.w / 2, box.y + box.h + 30, colours.text, "center");
}

// A cell is filled as far as its voltage has risen from rest to the threshold; for a moment after a pulse it has a halo.
function cellBody(pen, x, y, r, data, s, V, times, colour, colours) {
  const filled = Math.max(-0.3, Math.min(1, (V - data.rest) / (data.threshold - data.rest)));
  const since = Math.min(Infinity, ...times.filter((t) => t <= s).map((t) => s - t));
  pen.save();
  if (since < 2) {
    pen.globalAlpha = 0.45 * (1 - since / 2);
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, r * (1.1 + 0.12 * since), 0, 7);
    pen.fill();
    pen.globalAlpha = 1;
  }
  pen.beginPath();
  pen.arc(x, y, r, 0, 7);
  pen.fillStyle = colours.surface;
  pen.fill();
  pen.save();
  pen.clip();
  pen.globalAlpha = 0.75;
  pen.fillStyle = colour;
  // The body below the dashed line of the threshold is the bucket; rest is a little above its floor.
  const floor = y + 0.62 * r;
  const brim = y - 0.62 * r;
  const level = floor - filled * (floor - brim);
  pen.fillRect(x - r, level, 2 * r, y + r - level);
  pen.restore();
  pen.strokeStyle = colours.text;
  pen.lineWidth = 2.2;
  pen.stroke();
  pen.restore();
  dashed(pen, colours.text, [4, 3], x - 0.78 * r, brim, x + 0.78 * r, brim, 1.4);
}

// An axon from (x1, y) to (x2, y), thicker and raised where a pulse is; `times` are those of the pulses' starts.
function axonLine(pen, x1, x2, y, data, s, times, colour, colours) {
  const places = times.map((t) => (s - t) / data.delay).filter((p) => p >= 0 && p <= 1);
  pen.save();
  pen.strokeStyle = colours.faint;
  pen.lineWidth = 4;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(x1, y);
  pen.lineTo(x2, y);
  pen.stroke();
  for (const p of places) {
    const at = x1 + p * (x2 - x1);
    const reach = 13;
    pen.strokeStyle = colour;
    pen.lineWidth = 6;
    pen.beginPath();
    pen.moveTo(Math.max(x1, at - reach), y);
    pen.lineTo(Math.min(x2, at + reach), y);
    pen.stroke();
    pen.lineWidth = 2.4;
    pen.beginPath();
    for (let d = -22; d <= 22; d += 1) pen.lineTo(at + d, y - 9 - 20 * Math.exp(-(d * d) / 40));
    pen.stroke();
  }
  pen.restore();
}

function dendrites(pen, x, y, r, colours) {
  pen.save();
  pen.strokeStyle = colours.faint;
  pen.lineCap = "round";
  for (const [turn, length] of [[2.1, 0.9], [2.65, 0.7], [3.6, 0.7], [4.2, 0.9]].map(([turn, part]) => [turn, part * r])) {
    const [c, d] = [Math.cos(turn), Math.sin(turn)];
    pen.lineWidth = 4;
    pen.beginPath();
    pen.moveTo(x + c * r, y + d * r);
    pen.lineTo(x + c * (r + length * 0.6), y + d * (r + length * 0.6));
    pen.stroke();
    pen.lineWidth = 2;
    for (const fork of [-0.35, 0.35]) {
      pen.beginPath();
      pen.moveTo(x + c * (r + length * 0.6), y + d * (r + length * 0.6));
      pen.lineTo(x + Math.cos(turn + fork * 0.5) * (r + length), y + Math.sin(turn + fork * 0.5) * (r + length));
      pen.stroke();
    }
  }
  pen.restore();
}

// Current in, cell, axon, synapse, next cell, from left to right.
function chain(pen, box, data, s, arrays, colours) {
  const { first, second, text, faint } = colours;
  const y = box.y + box.h * 0.47;
  const r = Math.min(38, box.w * 0.07);
  const [x1, x2] = [box.x + box.w * 0.19, box.x + box.w * 0.79];
  const end = x2 - r - 12;
  const at = (values) => values[Math.max(0, values.length - 1 - Math.round((data.now - s) / data.dt))] ?? data.rest;
  dendrites(pen, x1, y, r, colours);
  dendrites(pen, x2, y, 0.85 * r, colours);
  arrow(pen, box.x + 4, x1 - r - 6, y, data.current, first);
  axonLine(pen, x1 + r + 2, end, y, data, s, [...arrays.sent], first, colours);
  axonLine(pen, x2 + 0.85 * r + 2, box.x + box.w + 40, y, data, s, [...arrays.sentOn], second, colours);
  // The synapse: a knob, a gap, the next cell; a minus sign in it where it holds back.
  pen.fillStyle = [...arrays.sent].some((t) => s - t >= data.delay && s - t < data.delay + 1.5) ? first : faint;
  pen.beginPath();
  pen.arc(end, y, 8, 0, 7);
  pen.fill();
  const sign = data.weight > 0 ? "+" : data.weight < 0 ? "−" : "0";
  write(pen, sign, end, y + 4.5, colours.surface, "center", 13);
  cellBody(pen, x1, y, r, data, s, at(arrays.V), [...arrays.sent], first, colours);
  cellBody(pen, x2, y, 0.85 * r, data, s, at(arrays.next), [...arrays.sentOn], second, colours);
  const below = box.y + box.h - 6;
  write(pen, `${data.current.toFixed(2)} ${data.texts.input}`, box.x + 4, box.y + 14, text);
  write(pen, data.texts.cell, x1, below, text, "center");
  if (box.w > 360) write(pen, `${data.texts.axon}: ${data.delay} ms`, (x1 + r + end) / 2, below, text, "center");
  write(pen, data.texts.next_cell, x2, below, text, "center");
  const weight = `${sign === "−" ? "−" : "+"}${Math.abs(data.weight).toFixed(1)} ${data.texts.volts}`;
  write(pen, weight, end, box.y + 14, text, "center");
  dashed(pen, faint, [2, 2], end, box.y + 19, end, y - 10);
}

function arrow(pen, x1, x2, y, current, colour) {
  pen.save();
  pen.fillStyle = pen.strokeStyle = colour;
  pen.globalAlpha = current > 0 ? 1 : 0.25;
  pen.lineWidth = 1.5 + 8 * current;
  pen.beginPath();
  pen.moveTo(x1, y);
  pen.lineTo(x2 - 8, y);
  pen.stroke();
  const half = 5 + 5 * current;
  pen.beginPath();
  pen.moveTo(x2, y);
  pen.lineTo(x2 - 10, y - half);
  pen.lineTo(x2 - 10, y + half);
  pen.fill();
  pen.restore();
}

const DASHES = [[], [8, 5], [2, 4]];

// Pulses a second against current for the cell, the ReLU and the sigmoid, with the present current marked on each.
function rates(pen, box, data, arrays, colours) {
  const curves = [arrays.rate, arrays.relu, arrays.sigmoid];
  const inks = [colours.first, colours.second, colours.third];
  const highest = Math.ceil(Math.max(...curves.map((curve) => Math.max(...curve))) / 50) * 50;
  const x = (i) => box.x + (i / data.highest) * box.w;
  const y = (f) => box.y + box.h - (f / highest) * box.h;
  for (let f = 0; f <= highest; f += 100) {
    dashed(pen, colours.grid, [], box.x, y(f), box.x + box.w, y(f));
    write(pen, String(f), box.x - 6, y(f) + 4, colours.faint, "right", 11);
  }
  for (const i of [0, 0.5, 1]) write(pen, String(i * data.highest), x(i * data.highest), box.y + box.h + 14, colours.faint, "center", 11);
  write(pen, data.texts.rate_axis, box.x - 26, box.y - 4, colours.text);
  write(pen, data.texts.current_axis, box.x + box.w / 2, box.y + box.h + 30, colours.text, "center");
  dashed(pen, colours.faint, [2, 3], x(data.current), box.y, x(data.current), box.y + box.h);
  // The line of the present current ends below the names.
  const legend = box.y + 10;
  pen.font = `12px ${pen.family}`;
  pen.clearRect(box.x + 2, box.y - 1, 49 + Math.max(...data.texts.names.map((name) => pen.measureText(name).width)), 56);
  for (const k of [2, 1, 0]) {
    pen.save();
    pen.strokeStyle = inks[k];
    pen.lineWidth = k === 0 ? 2.6 : 2;
    pen.setLineDash(DASHES[k]);
    pen.beginPath();
    curves[k].forEach((f, j) => pen.lineTo(x((j / (curves[k].length - 1)) * data.highest), y(f)));
    pen.stroke();
    pen.restore();
    mark(pen, k, x(data.current), y(data.marks[k]), inks[k], colours.surface);
    const row = legend + 18 * k;
    dashed(pen, inks[k], DASHES[k], box.x + 8, row, box.x + 40, row, 2.2);
    mark(pen, k, box.x + 24, row, inks[k], colours.surface);
    write(pen, data.texts.names[k], box.x + 47, row + 4, colours.text);
  }
}

function mark(pen, k, x, y, colour, edge) {
  pen.fillStyle = colour;
  pen.strokeStyle = edge;
  pen.lineWidth = 1.5;
  pen.beginPath();
  if (k === 0) pen.arc(x, y, 6, 0, 7);
  else if (k === 1) { pen.moveTo(x, y - 6.5); pen.lineTo(x + 6, y + 5); pen.lineTo(x - 6, y + 5); }
  else pen.rect(x - 5, y - 5, 10, 10);
  pen.closePath();
  pen.fill();
  pen.stroke();
}
