namespace AdxFlow.Ingestion.Rows;

/// <summary>
/// A value that is JSON already: nested objects are written as such by the thread that reads them, since they may change
/// as soon as it goes on.
/// </summary>
/// <param name="Text">Valid JSON.</param>
public sealed record JsonText(string Text)
{
    /// <summary>The JSON itself.</summary>
    public override string ToString() => Text;
}
