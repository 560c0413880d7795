# What is refused, and what -ErrorAction makes of it.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable People 'Id:long', 'Name:string'
    $mixed = @(
        [pscustomobject]@{ Id = 1; Name = 'Ada' }
        [pscustomobject]@{ Id = 'two'; Name = 'Bob' }
        [pscustomobject]@{ Id = 3; Name = 'Eve' }
        [pscustomobject]@{ Id = 4.5; Name = 'Zoe' }
    )
}

AfterAll {
    Stop-AdxLocal
}

Describe 'A table that does not exist' {
    It 'is told before anything is sent, and -CreateTable offered' {
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure { $mixed | Send-AdxData Missing } }
        $failure.FullyQualifiedErrorId | Should -BeExactly 'AdxTableNotFound,AdxFlow.PowerShell.Ingestion.SendAdxDataCommand'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.TargetObject | Should -BeExactly 'Missing'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-CreateTable*'
        $requests.Path | Should -Not -BeLike '*ingestion*'
    }

    It 'ends the call whatever -ErrorAction is: <_>' -ForEach 'Continue', 'SilentlyContinue', 'Ignore', 'Stop' {
        (Get-Failure { $mixed | Send-AdxData Missing -ErrorAction $_ }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
    }

    It 'is meant by another case of its letters' {
        (Get-Failure { $mixed | Send-AdxData people }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
    }

    It 'is told to who cannot read the schema too' {
        $ingestor = Connect-Adx -Local -Principal "aadapp=$([guid]::NewGuid());contoso.com"
        $null = Connect-Adx -Local
        $null = Grant-AdxIngestor $ingestor.Principal -DatabaseRole Ingestor
        $failure = Get-Failure { $mixed[0] | Send-AdxData Missing -Connection $ingestor }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        Get-LocalBlob | Should -BeNullOrEmpty -Because 'what was uploaded before the refusal is deleted again'
    }

    It 'is told for files' {
        Set-Content "$TestDrive/a.csv" '1,Ada'
        (Get-Failure { Send-AdxData Missing -Path "$TestDrive/a.csv" }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
    }
}

Describe 'A database that does not exist' {
    It 'is told' {
        $failure = Get-Failure { $mixed | Send-AdxData People -Database NoSuchDatabase }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Get-AdxDatabase*'
    }
}

Describe 'A value that does not fit its column' {
    It 'is an error for its row, with the row''s number, and the rest arrives' {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
        $ingestion = $mixed | Send-AdxData $table -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 2
        $failures.FullyQualifiedErrorId | Select-Object -Unique | Should -BeExactly 'AdxRowRejected,AdxFlow.PowerShell.Ingestion.SendAdxDataCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures.TargetObject.Row | Should -Be 2, 4
        $failures[0].Exception.Message | Should -BeLike "Row 2*'two'*long*'Id'*"
        $ingestion.Rows | Should -Be 2
        $ingestion.RejectedRows | Should -Be 2
        $ingestion.Status | Should -Be 'Succeeded'
        @((Invoke-AdxQuery $table).Name | Sort-Object) | Should -Be 'Ada', 'Eve'
    }

    It 'goes to the error stream with Continue' {
        $output = $mixed | Send-AdxData People -ErrorAction Continue 2>&1
        @($output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) | Should -HaveCount 2
        @($output | Where-Object { $_ -is [AdxFlow.AdxIngestion] }) | Should -HaveCount 1
    }

    It 'is counted but not shown with <_>' -ForEach 'SilentlyContinue', 'Ignore' {
        $output = $mixed | Send-AdxData People -ErrorAction $_ 2>&1
        @($output) | Should -HaveCount 1
        $output.RejectedRows | Should -Be 2
    }

    It 'leaves no trace in $Error with Ignore, and one with SilentlyContinue' {
        $Error.Clear()
        $null = $mixed | Send-AdxData People -ErrorAction Ignore
        $Error | Should -HaveCount 0
        $null = $mixed | Send-AdxData People -ErrorAction SilentlyContinue
        $Error | Should -HaveCount 2
    }

    It 'ends the call with Stop, and what the service had accepted can still be seen' {
        $before = @(Get-AdxIngestion).Count
        $failure = Get-Failure { $mixed | Send-AdxData People -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxRowRejected,*'
        # One row fitted, and its batch was accepted before the error ended the call.
        @(Get-AdxIngestion).Count | Should -Be ($before + 1)
        @(Get-AdxIngestion)[-1].Rows | Should -Be 2
    }

    It 'honours the preference of the session' {
        $failure = & {
            $ErrorActionPreference = 'Stop'
            Get-Failure { $mixed | Send-AdxData People }
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxRowRejected,*'
    }

    It 'leaves an ingestion Empty where no row fits' {
        $ingestion = $mixed[1] | Send-AdxData People -Wait -ErrorAction SilentlyContinue
        $ingestion.Status | Should -Be 'Empty'
        $ingestion.RejectedRows | Should -Be 1
    }
}

Describe 'A principal without rights' {
    It 'is refused for objects and for files, with nothing left behind' {
        $stranger = Connect-Adx -Local -Principal "aadapp=$([guid]::NewGuid());contoso.com"
        $null = Connect-Adx -Local
        Set-Content "$TestDrive/a.csv" '1,Ada'
        foreach ($script in { $mixed | Send-AdxData People -Connection $stranger }, { Send-AdxData People -Path "$TestDrive/a.csv" -Connection $stranger }) {
            $failure = Get-Failure $script
            $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
            $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
            $failure.Exception.StatusCode | Should -Be 403
            $failure.Exception.Message | Should -BeLike "*Ingestor*'People'*"
            $failure.ErrorDetails.RecommendedAction | Should -BeLike "*Grant-AdxIngestor -Table 'People'*"
        }
        Get-LocalBlob | Should -BeNullOrEmpty
    }
}

Describe 'No connection' {
    It 'is said, before any row is read' {
        Disconnect-Adx
        $script:read = 0
        $failure = Get-Failure { 1..3 | ForEach-Object { $script:read++; @{ Id = $_ } } | Send-AdxData People }
        $null = Connect-Adx -Local
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxNotConnected,*'
        $read | Should -Be 0
    }
}
