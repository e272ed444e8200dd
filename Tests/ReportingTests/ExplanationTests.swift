import Reporting
import Snapshots
import Testing

@Suite struct ExplanationTests {
  private let sample = Explanation(
    number: 12,
    id: "stp-forward-delay",
    title: "spanning tree keeps every new container offline for 30 s",
    severity: "critical",
    mechanism: [
      "A new container's port listens for 15 s, then learns for 15 s, and forwards nothing in that time.",
      "The container asks at once, as builds do; <its> ARP request never arrives.",
    ],
    why: "A port that might close a loop must wait (IEEE 802.1D, forward_delay).",
    byHand: ["cat /sys/class/net/*/bridge/stp_state   # should print 0"],
    sources: ["OpenNebula/one-deploy#290", "net/bridge/br_stp.c"],
    fault: Explanation.Fault(
      parts: ["new: a new container joins and asks"],
      outage: "Twice the forward delay.",
      cure: "Spanning tree is switched off.",
      lasting: [.init(manager: "netplan", lines: ["bridges: {br0: {parameters: {stp: false}}}"])]
    )
  )

  @Test func `an explanation reads as it was recorded`() throws {
    let difference = try Snapshot.difference(ExplanationText(sample).render(), from: "explanation.txt")
    #expect(difference == nil)
    #expect(ExplanationText(sample).render().split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `its page in Markdown is as it was recorded`() throws {
    let difference = try Snapshot.difference(ExplanationMarkdown(sample).render(), from: "explanation.md")
    #expect(difference == nil)
  }

  @Test func `what isn't checked says why`() {
    var explanation = sample
    explanation.unchecked = "it leaves nothing to see."
    explanation.fault = nil
    #expect(ExplanationText(explanation).render().contains("doesn't look for it: it leaves nothing to see."))
    #expect(ExplanationMarkdown(explanation).render().contains("it leaves nothing to see."))
    #expect(!ExplanationText(explanation).render().contains("kingpost prove"))
  }

  @Test func `nothing in a page is markup, and code ends its fence itself`() {
    var explanation = sample
    explanation.why = "addr_assign_type *is* `3` <b>|"
    explanation.byHand = ["echo ```"]
    let page = ExplanationMarkdown(explanation).render()
    #expect(page.contains("addr_assign_type \\*is\\* \\`3\\` \\<b\\>\\|"))
    #expect(page.contains("````sh\necho ```\n````"))
  }

  @Test func `a long command is broken outside of its quotes, and its comment comes first`() {
    var explanation = sample
    let long = String(repeating: "x", count: 60)
    explanation.byHand = [
      "echo 'a; b | c' \(long); echo \"d; e\" \(long)   # two lines; in order",
      "printf 'f | g; \(long)' | cat | grep \(long)",
    ]
    let page = ExplanationMarkdown(explanation).render()
    #expect(page.contains("```sh\n# two lines; in order\necho 'a; b | c' \(long)\necho \"d; e\" \(long)\n"))
    #expect(page.contains("\nprintf 'f | g; \(long)' |\n  cat |\n  grep \(long)\n```"))
  }

  @Test func `a page says who looks for it and what shows it`() {
    var explanation = sample
    explanation.area = "Bridges"
    #expect(ExplanationMarkdown(explanation).render().contains("shows it by lookups that fail."))
    #expect(ExplanationMarkdown(explanation).render().contains("- Catalogue: number 12, Bridges\n"))
    explanation.fault?.checkOnly = "no lookup fails."
    explanation.fault?.sideEffects = [.init(id: "masq-missing", because: "there is no rule")]
    let page = ExplanationMarkdown(explanation).render()
    #expect(page.contains("by its check alone: no lookup fails."))
    #expect(page.contains("- `masq-missing`: there is no rule.\n"))
    #expect(ExplanationText(explanation).render().contains("masq-missing fires as well: there is no rule."))
    explanation.fault = nil
    explanation.unmade = "it takes udev."
    #expect(ExplanationMarkdown(explanation).render().contains("- No lab makes it: it takes udev.\n"))
    #expect(ExplanationText(explanation).render().contains("No lab makes it: it takes udev."))
  }

  @Test func `the catalogue is a table for each area, and lists of reasons`() {
    var unchecked = sample
    (unchecked.number, unchecked.id, unchecked.area) = (40, "ct-udp-stale", "Forwarding")
    (unchecked.unchecked, unchecked.fault, unchecked.unmade) = (
      "it leaves nothing.", nil, "no check sees it."
    )
    var checked = sample
    checked.area = "Bridges"
    checked.title = "a | b"
    let page = CatalogueMarkdown([checked, unchecked]).render()
    #expect(
      page.contains(
        "| 12 | [stp-forward-delay](stp-forward-delay.md) | a \\| b | critical | yes | lookups |\n\n## Forwarding\n"
      )
    )
    #expect(page.contains("| critical | no | none |"))
    #expect(page.contains("- `ct-udp-stale`: it leaves nothing."))
    #expect(page.hasSuffix("- `ct-udp-stale`: no check sees it.\n"))
    #expect(!page.contains("alone"))
  }
}
