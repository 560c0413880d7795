namespace AdxFlow;

/// <summary>What a role holds for.</summary>
public enum AdxRoleScope
{
    /// <summary>All databases of the cluster.</summary>
    Cluster,

    /// <summary>One database.</summary>
    Database,

    /// <summary>One table.</summary>
    Table,
}
