/*
 * Copying and the device's own share sheet. Everything else on the pages works without this file;
 * the buttons it serves stay hidden where the browser can't do what they say.
 */
(function () {
  "use strict";

  function tell(button, text) {
    var region = document.getElementById(button.dataset.rfStatus);
    if (!region) {
      return;
    }
    // Emptied first, so that the same words are read out again on a second press.
    region.textContent = "";
    window.setTimeout(function () {
      region.textContent = text;
    }, 50);
  }

  function textOf(element) {
    return "value" in element ? element.value : element.textContent.trim();
  }

  function select(element) {
    if (element.select) {
      element.focus();
      element.select();
    } else {
      window.getSelection().selectAllChildren(element);
    }
  }

  function copy(button) {
    var source = document.getElementById(button.dataset.rfCopy);
    function done() {
      tell(button, button.dataset.rfDone);
    }
    function byHand() {
      select(source);
      tell(button, button.dataset.rfByHand);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(textOf(source)).then(done, byHand);
      return;
    }
    select(source);
    if (document.execCommand("copy")) {
      done();
    } else {
      byHand();
    }
  }

  function share(button) {
    navigator
      .share({ title: button.dataset.rfTitle, text: button.dataset.rfShare })
      .catch(function (error) {
        if (error.name !== "AbortError") {
          tell(button, button.dataset.rfFailed);
        }
      });
  }

  document.querySelectorAll("[data-rf-copy]").forEach(function (button) {
    button.hidden = false;
  });
  if (navigator.share) {
    document.querySelectorAll("[data-rf-share]").forEach(function (button) {
      button.hidden = false;
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-rf-copy], [data-rf-share]");
    if (!button) {
      return;
    }
    if ("rfCopy" in button.dataset) {
      copy(button);
    } else {
      share(button);
    }
  });
})();
