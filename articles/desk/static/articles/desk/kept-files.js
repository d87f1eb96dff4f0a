// Pictures on their way lie in this browser's database until the server has them; the copies of
// stories (kept-copy.js) name them by their keys. The editor keeps none that is larger than what the
// server takes (40 MB); all together they may be as large as MOST. What finds no room, or a browser
// that keeps nothing (a private window, a full disk), costs the file alone: its name and its caption
// are in the copy.

export const MOST = 200_000_000;
const STORE = "files";
// A database that does not answer keeps nobody from their text.
const PATIENCE = 5_000;

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("newsroom", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

// What `act` asks of the store, once all of it is written.
async function work(mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

// `otherwise` where the database fails, or does not answer in time.
function patiently(promise, otherwise) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, otherwise));
  return Promise.race([promise.catch(() => otherwise), late]);
}

const rows = () => work("readonly", (store) => store.getAll());

// Of these files, those that still fit beside what is kept, in their order.
export function fitting(files, taken, most = MOST) {
  let room = most - taken;
  return files.filter(({ file }) => {
    if (file.size > room) return false;
    room -= file.size;
    return true;
  });
}

// Keeps what is not there yet of these files: [{key, file}, …].
export async function keepFiles(files) {
  try {
    const kept = await rows();
    const known = new Set(kept.map(({ key }) => key));
    const taken = kept.reduce((sum, { file }) => sum + file.size, 0);
    const fresh = files.filter(({ key, file }) => file && !known.has(key));
    for (const { key, file } of fitting(fresh, taken)) {
      // Each by itself: one that cannot be read any more takes no other along.
      await work("readwrite", (store) => store.put({ key, file })).catch(() => {});
    }
  } catch {
    // Nothing can be kept here.
  }
}

// The files of these keys that are there, by key.
export async function findFiles(keys) {
  const found = await patiently(rows(), []);
  return new Map(found.filter(({ key }) => keys.includes(key)).map((row) => [row.key, row.file]));
}

// Throws away all but the files with the keys that named() gives. It is asked last: another page
// writes the copy that names a file before it keeps the file.
export async function dropFilesBut(named) {
  try {
    const keys = await work("readonly", (store) => store.getAllKeys());
    const wanted = named();
    const over = keys.filter((key) => !wanted.has(key));
    if (!over.length) return;
    await work("readwrite", (store) => {
      for (const key of over) store.delete(key);
    });
  } catch {
    // Nothing was kept here.
  }
}
