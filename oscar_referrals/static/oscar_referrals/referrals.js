/*
 * Copying, the device's own share sheet, and telling the shop by which way was shared. Everything
 * else on the pages works without this file; the buttons it serves stay hidden where the browser
 * can't do what they say.
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

  // Nobody waits for it and a fault changes nothing: keepalive lets the page be left meanwhile.
  function count(button) {
    var panel = button.closest("[data-rf-count]");
    if (!panel || !button.dataset.rfWay) {
      return;
    }
    fetch(panel.dataset.rfCount, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: { "X-CSRFToken": panel.dataset.rfToken },
      body: new URLSearchParams({
        c: button.dataset.rfWay,
        p: panel.dataset.rfPlacement,
        k: panel.dataset.rfCampaign,
      }),
    }).catch(function () {});
  }

  function copy(button) {
    var source = document.getElementById(button.dataset.rfCopy);
    function done() {
      count(button);
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
      .then(function () {
        count(button);
      })
      .catch(function (error) {
        if (error.name !== "AbortError") {
          tell(button, button.dataset.rfFailed);
        }
      });
  }

  document.querySelectorAll("[data-rf-copy], [data-rf-print]").forEach(function (button) {
    button.hidden = false;
  });
  if (navigator.share) {
    document.querySelectorAll("[data-rf-share]").forEach(function (button) {
      button.closest("[hidden]").hidden = false;
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest(
      "[data-rf-copy], [data-rf-share], [data-rf-way], [data-rf-print]"
    );
    if (!button) {
      return;
    }
    if ("rfCopy" in button.dataset) {
      copy(button);
    } else if ("rfShare" in button.dataset) {
      share(button);
    } else if ("rfWay" in button.dataset) {
      count(button);
    }
    if ("rfPrint" in button.dataset) {
      window.print();
    }
  });
})();
