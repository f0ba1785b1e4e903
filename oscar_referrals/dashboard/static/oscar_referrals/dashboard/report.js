/* Draws the charts of the reports. Every figure stands in the table below its chart as well. */
(() => {
    "use strict";

    const source = document.getElementById("rf-chart-data");
    if (source === null || typeof Chart === "undefined") {
        return;
    }
    const data = JSON.parse(source.textContent);
    // Colours that people with any colour vision tell apart; the lines differ in form as well.
    const styles = [
        { colour: "#0072b2", dash: [], point: "circle" },
        { colour: "#b34700", dash: [6, 4], point: "triangle" },
        { colour: "#00694d", dash: [2, 3], point: "rect" },
        { colour: "#7a3e8e", dash: [8, 3, 2, 3], point: "rectRot" },
    ];
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const number = (options) => {
        const format = new Intl.NumberFormat(data.locale, options);
        return (value) => format.format(value);
    };
    // The sign of the shop, as the tables write it, in the place that the locale has for it.
    const amount = ({ currency, symbol }) => {
        const format = new Intl.NumberFormat(data.locale, {
            style: "currency",
            currency,
            trailingZeroDisplay: "stripIfInteger",
        });
        return (value) => format.formatToParts(value)
            .map((part) => (part.type === "currency" ? symbol : part.value)).join("");
    };

    const draw = (canvas, kind, series, format) => new Chart(canvas, {
        type: kind,
        data: {
            labels: data.labels,
            datasets: series.map(({ label, values }, index) => ({
                label,
                data: values,
                borderColor: styles[index].colour,
                backgroundColor: styles[index].colour,
                borderDash: styles[index].dash,
                pointStyle: styles[index].point,
                borderWidth: kind === "line" ? 2 : 0,
            })),
        },
        options: {
            animation: still ? false : { duration: 300 },
            maintainAspectRatio: false,
            interaction: { intersect: false, mode: "index" },
            plugins: {
                legend: { position: "bottom", labels: { usePointStyle: true } },
                tooltip: {
                    callbacks: {
                        label: (item) => `${item.dataset.label}: ${format(item.parsed.y)}`,
                    },
                },
            },
            scales: {
                x: { grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 12 } },
                y: { beginAtZero: true, ticks: { precision: 0, callback: (value) => format(value) } },
            },
        },
    });

    for (const canvas of document.querySelectorAll("[data-rf-chart]")) {
        canvas.parentElement.hidden = false;
        if (canvas.dataset.rfChart === "funnel") {
            draw(canvas, "line", data.funnel, number({}));
            continue;
        }
        const money = data.money.find(({ name, currency }) => (name || currency) === canvas.dataset.rfChart);
        // Without a currency it counts pieces.
        draw(canvas, "bar", money.series, money.currency ? amount(money) : number({}));
    }
})();
