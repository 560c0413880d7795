namespace AdxFlow;

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name. Results may have the same name twice.</param>
/// <param name="Type">Its type.</param>
public sealed record AdxResultColumn(string Name, AdxType Type)
{
    /// <summary>The column as <c>name:type</c>.</summary>
    /// <returns>For example <c>count_:long</c>.</returns>
    public override string ToString() => $"{Name}:{AdxTypes.Name(Type)}";
}
