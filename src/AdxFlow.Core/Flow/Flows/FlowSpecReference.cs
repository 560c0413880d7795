namespace AdxFlow.Flow;

/// <summary>A specification as bodies name it.</summary>
internal sealed record FlowSpecReference(string Id, string Version = "1.0")
{
    /// <summary>CRMToAEP, which brings tables of databases into a dataset; Azure Data Explorer's among them.</summary>
    public static FlowSpecReference TableToDataset { get; } = new("14518937-270c-4525-bdec-c2ba7cce3860");

    /// <summary>The data lake, which every target names.</summary>
    public static FlowSpecReference DataLake { get; } = new("c604ff05-7f1a-43c0-8e18-33bf874cb11c");
}
