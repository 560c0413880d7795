# What the engine has recorded of failed ingestions: by table, time and operation, and without secrets.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Good 'Id:long'
    $null = New-AdxTable Bad 'Id:long'
    Set-Content "$TestDrive/a.csv" '1'
    $null = [pscustomobject]@{ Id = 1 } | Send-AdxData Good -Wait
    $sent = Send-AdxData Bad -Path "$TestDrive/a.csv" -MappingName NoSuchMapping -Wait -ErrorAction SilentlyContinue
    $null = Send-AdxData Bad -Path "$TestDrive/a.csv" -MappingName NoOtherMapping -Wait -ErrorAction SilentlyContinue
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-AdxIngestionFailure' {
    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Table'; Form = 'String[], position 0, from pipeline, by name' }
        @{ Parameter = 'Since'; Form = 'DateTime, by name' }
        @{ Parameter = 'OperationId'; Form = 'Guid[]' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    ) {
        Get-ParameterForm Get-AdxIngestionFailure $Parameter '*' | Should -BeExactly $Form
    }
}

Describe 'Get-AdxIngestionFailure' {
    It 'writes the failures of the database, the oldest first' {
        $failures = Get-AdxIngestionFailure
        $failures | Should -HaveCount 2
        $failures | Should -BeOfType 'AdxFlow.AdxIngestionFailure'
        $failures[0].FailedOn | Should -BeLessOrEqual $failures[1].FailedOn
        $failures[0].FailedOn.Kind | Should -Be 'Utc'
        $failures[0].Table | Should -BeExactly 'Bad'
        $failures[0].Database | Should -BeExactly 'NetDefaultDB'
        $failures[0].ErrorCode | Should -BeExactly 'BadRequest_MappingReferenceWasNotFound'
        $failures[0].FailureKind | Should -Be 'Permanent'
        $failures[0].IsPermanent | Should -BeTrue
        $failures[0].ShouldRetry | Should -BeFalse
        $failures[0].Details | Should -BeLike '*NoSuchMapping*'
        $failures[0].Source | Should -Match '^http://localhost:\d+/storage/[^?]+\.csv\.gz$'
        $failures[0].Principal | Should -Not -BeNullOrEmpty
    }

    It 'finds those of a table, given, piped, or of what was sent' {
        Get-AdxIngestionFailure Bad | Should -HaveCount 2
        'Bad', 'Good' | Get-AdxIngestionFailure | Should -HaveCount 2
        Get-AdxTable Bad | Get-AdxIngestionFailure | Should -HaveCount 2
        $sent | Get-AdxIngestionFailure | Should -HaveCount 2
        Get-AdxIngestionFailure Good | Should -BeNullOrEmpty
        Get-AdxIngestionFailure bad | Should -BeNullOrEmpty -Because 'names of tables have case'
    }

    It 'takes odd names for names' {
        Get-AdxIngestionFailure "x' or 1 == 1 or 'x" | Should -BeNullOrEmpty
    }

    It 'finds those since a time, of this machine or of UTC' {
        Get-AdxIngestionFailure -Since (Get-Date).AddHours(-1) | Should -HaveCount 2
        Get-AdxIngestionFailure -Since ([datetime]::UtcNow.AddHours(1)) | Should -BeNullOrEmpty
        $second = (Get-AdxIngestionFailure)[1]
        (Get-AdxIngestionFailure -Since $second.FailedOn).OperationId | Should -Be $second.OperationId
    }

    It 'finds those of an operation' {
        $second = (Get-AdxIngestionFailure)[1]
        (Get-AdxIngestionFailure -OperationId $second.OperationId).Details | Should -BeExactly $second.Details
        Get-AdxIngestionFailure -OperationId ([guid]::NewGuid()) | Should -BeNullOrEmpty
    }

    It 'sends one command, and takes nothing out of a queue' {
        $requests = @(Get-LocalRequest { Get-AdxIngestionFailure Bad })
        $requests | Should -HaveCount 1
        $requests[0].Path | Should -BeLike '*/v1/rest/mgmt'
    }

    It 'fails for a database that is not there, and goes on with the next' {
        $failures = $null
        $found = 'nowhere', 'NetDefaultDB' | ForEach-Object { [pscustomobject]@{ Database = $_; Table = 'Bad' } } | Get-AdxIngestionFailure -ErrorVariable failures -ErrorAction SilentlyContinue
        $found | Should -HaveCount 2
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
    }

    It 'shows in a table of 120 columns what failed and why' {
        $text = Get-AdxIngestionFailure | Format-Table | Out-String -Width 120
        $text | Should -BeLike '*FailedOn*Table*Kind*Error*'
        $text | Should -BeLike '*BadRequest_MappingReferenceWasNotFound: Mapping reference*'
    }
}
