//! Measures every text of a page in the page itself.

use crate::chromium::dom;

/// What a page says of itself.
pub struct Measured {
    /// Cards on it.
    pub cards: usize,
    /// Texts that were measured.
    pub texts: usize,
    /// Texts that leave their card or column, boxes that leave their sheet, texts of a card that lie on each other.
    pub offences: Vec<String>,
    /// The title, which no name may change.
    pub title: String,
}

/// Runs in the page. A text must stay within the nearest box that has a size of its own; a page that flows has a
/// width only. Half a pixel is rounding.
const SCRIPT: &str = r#"
const offences = [], slack = 0.5;
let texts = 0;
const inside = (r, box, flows) => r.left >= box.left - slack && r.right <= box.right + slack
  && (flows || (r.top >= box.top - slack && r.bottom <= box.bottom + slack));
const rects = node => { const range = document.createRange(); range.selectNodeContents(node);
  return [...range.getClientRects()].filter(r => r.width > 0 && r.height > 0) };
for (const box of document.querySelectorAll('.card, .face, .page, td, .who, .number, .clock, .table, .group li, .host')) {
  const flows = !box.matches('.card, .face'), outer = box.getBoundingClientRect();
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim()) continue;
    texts++;
    for (const r of rects(node)) if (!inside(r, outer, flows)) offences.push(
      `${box.className || box.tagName}: "${node.data.trim().slice(0, 30)}" at ${[r.left, r.top, r.right, r.bottom].map(Math.round)}`
      + ` is not in ${[outer.left, outer.top, outer.right, outer.bottom].map(Math.round)}`);
  }
}
for (const card of document.querySelectorAll('.card')) {
  const sheet = card.closest('.sheet').getBoundingClientRect();
  if (!inside(card.getBoundingClientRect(), sheet)) offences.push(`${card.className} is not on its sheet`);
}
for (const card of document.querySelectorAll('.face, .badge, .mentee')) {
  const all = [...card.querySelectorAll('h2, .of, .role, .event, li, .write, .foot, .number strong, .caption')]
    .filter(e => e.textContent.trim()).map(e => [e, e.getBoundingClientRect()]);
  all.forEach(([a, r], i) => all.slice(i + 1).forEach(([b, s]) => {
    const over = Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 1;
    if (over && !a.contains(b) && !b.contains(a)) offences.push(`${card.className}: "${a.textContent.trim().slice(0, 30)}" lies on "${b.textContent.trim().slice(0, 30)}"`);
  }));
}
const said = document.createElement('pre');
said.textContent = ['MEASURED', document.querySelectorAll('.card').length, texts, document.title, ...offences.slice(0, 20)].join('\n') + '\nMEASURED-END';
document.body.replaceChildren(said);
"#;

/// A page as the program wrote it, measured in a copy that may run the script above.
pub fn measured(html: &str) -> Measured {
    let policy = "<meta http-equiv=\"Content-Security-Policy\"";
    assert!(html.contains(policy), "a page forbids scripts and the network");
    let open = html.replace(policy, "<meta name=\"policy\"");
    let dom = dom(&open.replace("</body>", &format!("<script>{SCRIPT}</script></body>")));
    let said = dom.rsplit("<pre>MEASURED\n").next().and_then(|rest| rest.split("\nMEASURED-END").next());
    let lines: Vec<&str> = said.expect("the page was measured").lines().collect();
    let [cards, texts, title, offences @ ..] = &lines[..] else { panic!("the page said {lines:?}") };
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("the page said {lines:?}"));
    Measured {
        cards: number(cards),
        texts: number(texts),
        offences: offences.iter().map(|&line| line.to_owned()).collect(),
        title: (*title).to_owned(),
    }
}
