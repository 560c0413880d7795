namespace AdxFlow;

/// <summary>A field of a dataset and where its value comes from.</summary>
/// <param name="Destination">The path of the field, such as <c>_acme.eventId</c>.</param>
/// <param name="Source">
/// The column, the expression or the text. A column whose name has other signs than letters, digits, <c>_</c> and <c>$</c> stands as Data Prep wants it:
/// <c>${First Name}</c>, <c>${first\.name}</c>.
/// </param>
/// <param name="Kind">Which of these it is.</param>
public sealed record FlowFieldMapping(string Destination, string Source, FlowFieldKind Kind = FlowFieldKind.Attribute)
{
    /// <summary>The field and its source.</summary>
    /// <returns>For example <c>_acme.eventId = EventId</c>.</returns>
    public override string ToString() => $"{Destination} = {Source}";
}
