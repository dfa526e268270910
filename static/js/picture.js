// Makes a chosen picture smaller before it is sent, which is much quicker on a slow line.
// Without this script the server does the same with what arrives.
const LONGEST = 1600;
const SMALL_ENOUGH = 400_000;

async function smaller(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const written = (kind) => new Promise((done) => canvas.toBlob(done, kind, 0.85));
  const webp = await written("image/webp");
  const made = webp?.type === "image/webp" ? webp : await written("image/jpeg"); // not every browser writes WebP
  return made && made.size < file.size ? new File([made], "picture", { type: made.type }) : file;
}

async function chosen(input, status) {
  const file = input.files[0];
  status.textContent = "";
  if (!file) return;
  let sent = file;
  if (file.size > SMALL_ENOUGH) {
    status.textContent = input.dataset.working;
    sent = await smaller(file).catch(() => file); // what this browser cannot read, the server may
  }
  if (input.files[0] !== file) return; // another one was chosen meanwhile
  if (sent.size > input.dataset.most) {
    input.value = "";
    status.textContent = input.dataset.tooLarge;
    return;
  }
  if (sent !== file) {
    const files = new DataTransfer();
    files.items.add(sent);
    input.files = files.files;
  }
  status.textContent = input.dataset.done;
}

for (const input of document.querySelectorAll("input[data-picture]")) {
  const status = input.parentElement.querySelector("[role=status]");
  input.addEventListener("change", () => chosen(input, status));
}
