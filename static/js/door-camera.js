// The camera, opened by a button, and what reads QR codes in its picture: the browser itself, or else the reader that the
// house has fetched at set-up.
const EVERY = 150; // milliseconds between two looks at the picture
const WIDEST = 800; // pixels that are enough to read a ticket

export class NoDecoder extends Error {}

export async function open(video, decoderAddress, found) {
  const read = await reader(decoderAddress);
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 } },
  });
  const lock = await navigator.wakeLock?.request("screen").catch(() => null); // the phone stays awake
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  let isOpen = true;

  async function look() {
    if (!isOpen) return;
    const text = await read(video).catch(() => "");
    if (text && isOpen) found(text);
    setTimeout(look, EVERY);
  }
  look();

  return () => {
    isOpen = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    video.hidden = true;
    lock?.release();
  };
}

async function reader(decoderAddress) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (formats.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  if (!decoderAddress) throw new NoDecoder();
  const { decodeQR } = await import(decoderAddress).catch(() => {
    throw new NoDecoder();
  });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!canvas.width || !canvas.height) return "";
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height)); // throws where there is none
  };
}
