namespace AdxFlow.Local.Endpoints.Flow.Neighbours;

/// <summary>A kind of resource of the Schema Registry.</summary>
/// <param name="Path">As in paths, such as <c>fieldgroups</c>.</param>
/// <param name="IdPath">As in ids, where field groups are still mixins.</param>
internal sealed record RegistryKind(string Path, string IdPath)
{
    public static RegistryKind Schemas { get; } = new("schemas", "schemas");

    public static RegistryKind FieldGroups { get; } = new("fieldgroups", "mixins");

    public static RegistryKind Classes { get; } = new("classes", "classes");

    public static IReadOnlyList<RegistryKind> All { get; } = [Schemas, FieldGroups, Classes];

    public static RegistryKind? Find(string path) => path switch
    {
        "schemas" => Schemas,
        "fieldgroups" or "mixins" => FieldGroups,
        "classes" => Classes,
        _ => null,
    };
}
