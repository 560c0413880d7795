using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Endpoints;

/// <summary>Refuses names that the service would not take.</summary>
/// <remarks>Source: Microsoft Learn, "Entity names" and "Kusto data client errors".</remarks>
internal static class EntityNames
{
    public const string InvalidCode = "BadRequest_EntityNameIsNotValid";

    /// <summary>Makes sure that an entity may have a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">What is to have it.</param>
    /// <param name="ofQuery">True where an operator of a query has made it.</param>
    /// <exception cref="ServiceException">It may not.</exception>
    public static void Demand(string name, string kind, bool ofQuery = false)
    {
        if (Fault(name, kind, ofQuery) is { } fault) throw ServiceException.InvalidName(fault);
    }

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Fault(string name, string kind, bool ofQuery = false) => EntityName.IsValid(name, ofQuery)
        ? null
        : $"Entity name '{name}' of kind '{kind}' is not valid: a name has between 1 and {EntityName.MaxLength} letters, digits, underscores, spaces, dots and dashes, and neither begins nor ends with two underscores.";
}
