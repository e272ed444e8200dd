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
}
