using AdxFlow.Local.Endpoints.Access;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A database as it is from here on, but for its tables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id.</param>
/// <param name="Roles">Who has which role.</param>
/// <param name="Mappings">Its mappings.</param>
/// <param name="Policies">Its policies, by the word of their commands.</param>
internal sealed record DatabaseRecord(
    string Name, Guid Id, Dictionary<DatabaseRole, RoleAssignment[]> Roles, MappingState[] Mappings, Dictionary<string, string> Policies) : StateRecord;
