// What front ends that draw on a canvas share.

// Numbers out of a buffer, which need not begin at a multiple of four.
const floats = ({ buffer, byteOffset, byteLength }) => new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));

// A canvas as wide as its place, sharp on dense screens; returns its context in CSS pixels.
function prepared(canvas, width, height) {
  const dense = Math.max(1, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * dense), Math.round(height * dense)];
  if (canvas.width !== w || canvas.height !== h) {
    [canvas.width, canvas.height] = [w, h];
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(dense, 0, 0, dense, 0, 0);
  return context;
}
