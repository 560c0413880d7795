using AdxFlow.Local.Endpoints.Access;
using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Persistence.Records;

/// <summary>A table as it is from here on, but for its rows. With another id than before, it is another table, without rows.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="DocString">Its description.</param>
/// <param name="Roles">Who has which role.</param>
/// <param name="Mappings">Its mappings.</param>
/// <param name="Policies">Its policies, by the word of their commands.</param>
internal sealed record TableRecord(
    string Database, string Name, Guid Id, Column[] Columns, string Folder, string DocString, Dictionary<TableRole, RoleAssignment[]> Roles,
    MappingState[] Mappings, Dictionary<string, string> Policies) : StateRecord;
