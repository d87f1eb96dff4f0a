// An empty page: for modules that look for their places on it when they are loaded.
globalThis.document = {
  documentElement: {},
  getElementById: () => null,
  querySelector: () => null,
  querySelectorAll: () => [],
};
globalThis.localStorage = {};
