// What is wrong with this page for the person who reads it: the body of a function that returns
// sentences. Contrast and colours are those that the browser computed.
const findings = [];
const find = (words) => findings.push(words);

const channels = (color) => {
  const numbers = color.match(/[\d.]+/g).map(Number);
  return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
};
const over = (front, back) =>
  front.rgb.map((value, i) => value * front.alpha + back[i] * (1 - front.alpha));
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};
const chain = (element) => (element ? [...chain(element.parentElement), element] : []);
// The canvas is white or black where nothing paints it.
const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
const ground = (element) =>
  chain(element).reduce(
    (back, e) => over(channels(getComputedStyle(e).backgroundColor), back), canvas);
const opacity = (element) =>
  chain(element).reduce((product, e) => product * Number(getComputedStyle(e).opacity), 1);
const named = (element) =>
  `<${element.localName}> ${JSON.stringify((element.textContent || element.name || "").trim().slice(0, 40))}`;
const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let texts = 0;
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !shown(element)) continue;
  texts += 1;
  const back = ground(element);
  const ink = channels(getComputedStyle(element).color);
  ink.alpha *= opacity(element);
  const ratio = contrast(over(ink, back), back);
  if (ratio < 4.5) find(`${named(element)} has a contrast of ${ratio.toFixed(2)}`);
}
if (texts === 0) find("there is no text");

for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
  if (field.labels.length === 0) find(`${named(field)} has no label`);
  const back = ground(field.parentElement);
  const edge = contrast(over(channels(getComputedStyle(field).borderTopColor), back), back);
  if (edge < 3) find(`${named(field)} has an edge with a contrast of ${edge.toFixed(2)}`);
}
for (const control of document.querySelectorAll("a, button, input:not([type=hidden])")) {
  const size = control.getBoundingClientRect();
  if (control.tabIndex < 0) find(`${named(control)} is out of the keyboard's reach`);
  if (control.tabIndex > 0) find(`${named(control)} is out of order for the keyboard`);
  if (control.localName !== "a" && size.height < 40) {
    find(`${named(control)} is ${size.height} pixels high`);
  }
}
const focused = document.activeElement;
if (focused !== document.body && focused.matches(":focus-visible")) {
  const style = getComputedStyle(focused);
  const back = ground(focused.parentElement);
  const ring = contrast(over(channels(style.outlineColor), back), back);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
    find(`${named(focused)} does not show that it has the keyboard`);
  }
  if (ring < 3) find(`the ring around ${named(focused)} has a contrast of ${ring.toFixed(2)}`);
}

const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  find(`the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${width}`);
}
for (const element of document.body.querySelectorAll("*")) {
  if (!shown(element)) continue;
  const box = element.getBoundingClientRect();
  if (box.right > width + 0.5 || box.left < -0.5) find(`${named(element)} leaves the window`);
}

if (!document.documentElement.lang) find("the page does not say its language");
if (!document.title) find("the page has no title");
if (document.querySelectorAll("h1").length !== 1) find("there is not one h1");
if (document.querySelectorAll("main").length !== 1) find("there is not one main");
for (const element of document.querySelectorAll("[src], link[href]")) {
  find(`${named(element)} is fetched from elsewhere`);
}
return findings;
