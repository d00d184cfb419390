// The parts of a page that change are sent again by the server; without this script a page shows how it was when it was asked for.
'use strict';
const part = document.getElementById('live');
if (part) {
  const events = new EventSource(part.dataset.live);
  events.onmessage = (event) => {
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    part.innerHTML = event.data;
    if (focused) {
      [...part.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
    }
  };
  window.addEventListener('pagehide', () => events.close());
}
