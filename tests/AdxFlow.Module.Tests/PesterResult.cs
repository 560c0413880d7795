namespace AdxFlow.ModuleTests;

/// <summary>What came of one Pester test.</summary>
/// <param name="Name">The names of its blocks and its own, joined by dots.</param>
/// <param name="Outcome">Pester's word: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Detail">Message and stack of a failure, or the reason of a skip.</param>
internal sealed record PesterResult(string Name, string Outcome, string Detail);
