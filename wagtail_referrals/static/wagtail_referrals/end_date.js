// Says beside the last day how far off it is, in the page's language. Nothing once it is over.
(() => {
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];
  for (const place of document.querySelectorAll("[data-wr-until][hidden]")) {
    const left = (Date.parse(place.dataset.wrUntil) - Date.now()) / 1000;
    const step = steps.find(([, seconds]) => left >= seconds);
    if (!step) continue;
    const language = document.documentElement.lang || undefined;
    const words = new Intl.RelativeTimeFormat(language).format(Math.floor(left / step[1]), step[0]);
    place.textContent = words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
    place.hidden = false;
  }
})();
