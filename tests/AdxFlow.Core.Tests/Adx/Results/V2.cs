using System.Text.Json;

namespace AdxFlow.Core.Tests.Adx;

/// <summary>Writes v2 frames in the shapes the documentation and recorded answers have.</summary>
internal static class V2
{
    public const string Header = """{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0","IsFragmented":true,"ErrorReportingPlacement":"end_of_table"}""";

    public const string Completion = """{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}""";

    public const string Properties = """{"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","TableName":"@ExtendedProperties","Columns":[{"ColumnName":"TableId","ColumnType":"int"},{"ColumnName":"Key","ColumnType":"string"},{"ColumnName":"Value","ColumnType":"dynamic"}],"Rows":[[1,"Visualization","{\"Visualization\":null}"]]}""";

    public const string CompletionInformation = """{"FrameType":"DataTable","TableId":9,"TableKind":"QueryCompletionInformation","TableName":"QueryCompletionInformation","Columns":[{"ColumnName":"Timestamp","ColumnType":"datetime"},{"ColumnName":"ClientRequestId","ColumnType":"string"},{"ColumnName":"ActivityId","ColumnType":"guid"},{"ColumnName":"Level","ColumnType":"int"},{"ColumnName":"LevelName","ColumnType":"string"},{"ColumnName":"StatusCode","ColumnType":"int"},{"ColumnName":"StatusCodeName","ColumnType":"string"},{"ColumnName":"Payload","ColumnType":"string"}],"Rows":[["2018-04-30T12:25:11.0778067Z","x;1","eeac049e-8a7d-4188-b797-6b5f2c9f9526",4,"Info",0,"S_OK (0)","{\"Count\":1,\"Text\":\"Query completed successfully\"}"]]}""";

    public const string DeferredFailure = """{"FrameType":"DataTable","TableId":9,"TableKind":"QueryCompletionInformation","TableName":"QueryCompletionInformation","Columns":[{"ColumnName":"ActivityId","ColumnType":"guid"},{"ColumnName":"Level","ColumnType":"int"},{"ColumnName":"LevelName","ColumnType":"string"},{"ColumnName":"StatusCode","ColumnType":"int"},{"ColumnName":"StatusCodeName","ColumnType":"string"},{"ColumnName":"Payload","ColumnType":"string"}],"Rows":[["eeac049e-8a7d-4188-b797-6b5f2c9f9526",2,"Error",-2133196797,"E_QUERY_RESULT_SET_TOO_LARGE (0x80DA0003)","{\"Count\":1,\"Text\":\"Query result set has exceeded the internal record count limit 1 (E_QUERY_RESULT_SET_TOO_LARGE; see https://aka.ms/kustoquerylimits)\"}"]]}""";

    public const string Warning = """{"FrameType":"DataTable","TableId":9,"TableKind":"QueryCompletionInformation","TableName":"QueryCompletionInformation","Columns":[{"ColumnName":"Level","ColumnType":"int"},{"ColumnName":"LevelName","ColumnType":"string"},{"ColumnName":"Payload","ColumnType":"string"}],"Rows":[[4,"Info","{\"Count\":1,\"Text\":\"Query completed successfully\"}"],[3,"Warning","{\"Count\":1,\"Text\":\"A table is missing\"}"],[3,"Warning","no JSON"]]}""";

    public const string OneApiError = """{"error":{"code":"LimitsExceeded","message":"Request is invalid and cannot be executed.","@type":"Kusto.Data.Exceptions.KustoServicePartialQueryFailureLimitsExceededException","@message":"Query execution has exceeded the allowed limits (80DA0003): .","@context":{"timestamp":"2018-12-10T15:10:48.8352222Z","clientRequestId":"x;1","activityId":"b57e2dce-d4f1-4f0f-a2a6-8d2f4f4d5a4e"},"@permanent":false}}""";

    public static string Answer(params string[] frames) => $"[{string.Join(",\r\n", frames)}]";

    public static string Columns(string columns) => JsonSerializer.Serialize(columns.Split(',').Select(column => column.Split(':')).Select(column => new { ColumnName = column[0], ColumnType = column[1] }));

    public static string Table(string columns, string rows, int id = 1, string kind = "PrimaryResult", string name = "PrimaryResult") =>
        $$"""{"FrameType":"DataTable","TableId":{{id}},"TableKind":"{{kind}}","TableName":"{{name}}","Columns":{{Columns(columns)}},"Rows":{{rows}}}""";

    public static string TableHeader(string columns, int id = 1, string name = "PrimaryResult") =>
        $$"""{"FrameType":"TableHeader","TableId":{{id}},"TableKind":"PrimaryResult","TableName":"{{name}}","Columns":{{Columns(columns)}}}""";

    public static string Fragment(string rows, int id = 1, string type = "DataAppend") =>
        $$"""{"FrameType":"TableFragment","TableFragmentType":"{{type}}","TableId":{{id}},"Rows":{{rows}}}""";

    public static string Progress(int id = 1) => $$"""{"FrameType":"TableProgress","TableId":{{id}},"TableProgress":50.0}""";

    public static string TableCompletion(int id = 1, string? error = null) =>
        $$"""{"FrameType":"TableCompletion","TableId":{{id}},"RowCount":0{{(error is null ? string.Empty : $",\"OneApiErrors\":[{error}]")}}}""";
}
