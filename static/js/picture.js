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

// The picture goes first and alone, so that a line that breaks loses nothing: the page with all its words is still there.
// The form's own address takes it, as it does when somebody changes the language, and tells the number it is kept under.
async function takeAlong(form, input) {
  const body = new FormData(form);
  body.set("_language", document.documentElement.lang);
  const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const name = `${input.name}_id`;
  const carried = page.querySelector(`[name="${name}"]`)?.value;
  if (!carried) return; // it was refused; sent once more with the words it comes back with the reason
  const field = form.querySelector(`[name="${name}"]`) ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value: carried });
  input.value = "";
}

function sendCarefully(form, input, status) {
  let isBusy = false;
  let isReady = false;
  form.addEventListener("submit", async (event) => {
    if (isReady || !input.files.length || event.submitter?.name === "_language") return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    status.textContent = input.dataset.sending;
    try {
      await takeAlong(form, input);
      isReady = true;
      form.requestSubmit(event.submitter);
    } catch {
      status.textContent = input.dataset.broken;
      input.focus();
    }
    isBusy = false;
  });
  input.addEventListener("change", () => (isReady = false));
}

for (const input of document.querySelectorAll("input[data-picture]")) {
  const status = input.parentElement.querySelector("[role=status]");
  input.addEventListener("change", () => chosen(input, status));
  sendCarefully(input.form, input, status);
}
