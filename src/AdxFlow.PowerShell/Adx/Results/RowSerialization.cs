using System.Management.Automation;
using System.Management.Automation.Runspaces;
using RunspaceState = AdxFlow.PowerShell.Support.RunspaceState;

namespace AdxFlow.PowerShell.Adx.Results;

/// <summary>
/// Jobs and remoting keep the properties of an object but not what is nested in them, unless it is a custom object or its type data
/// asks for more. So a runspace that gets rows with dynamic values is told to keep them. A file of the module cannot say it: types of
/// two copies of a module would clash before either can tell.
/// </summary>
internal static class RowSerialization
{
    private const uint Depth = 2;

    public static void Prepare(object[] rows)
    {
        if (rows is not [PSObject { BaseObject: AdxRow row }, ..] || !row.Columns.Any(static column => column.Type == AdxType.Dynamic))
            return;
        RunspaceState state = RunspaceState.Current;
        if (state.KeepsNestedValues)
            return;
        state.KeepsNestedValues = true;
        using var pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        pipeline.AddCommand("Microsoft.PowerShell.Utility\\Update-TypeData")
            .AddParameter("TypeData", new TypeData(typeof(AdxRow)) { SerializationDepth = Depth })
            .AddParameter("Force");
        try
        {
            pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            // A restricted session may lack the command; its rows are flatter in a job, and else as they should be.
        }
    }
}
