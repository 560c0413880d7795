namespace AdxFlow;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name; the case of its letters matters.</param>
/// <param name="Type">Its type.</param>
public sealed record AdxColumn(string Name, AdxType Type)
{
    /// <summary>The column as <c>name:type</c>.</summary>
    /// <returns>For example <c>precipitation:real</c>.</returns>
    public override string ToString() => $"{Name}:{AdxTypes.Name(Type)}";
}
